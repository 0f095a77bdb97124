"""What stands around every page of a site: navigation, breadcrumbs, languages, footer.

Built from one query over the page tree, one for the number to call and one for the address; the
site itself came with the host look-up.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from cms_pages.addresses import localised
from cms_pages.models import BasePage
from cms_pages.slugs import FOOTER_SLUGS, HOME_URL_PATH
from cms_pages.tree import Tree
from portal.places.reach import Address, Reach, reach
from tenants.binding import current_tenant
from tenants.formats import Phone, phone
from tenants.funding import FundingMark, funding_marks

NATIVE_NAMES = {"pl": "Polski", "en": "English", "uk": "Українська"}


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    lang: str = ""
    is_current: bool = False


class Frame:
    """Everything lazily, so that a template pays only for what it shows."""

    def __init__(self, request: HttpRequest, page: BasePage | None = None) -> None:
        self.request = request
        self.page = page
        self.tenant = current_tenant()
        self.language = get_language() or settings.LANGUAGE_CODE

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port, as the reader has them."""
        return f"{self.request.scheme}://{self.request.get_host()}"

    # The page tree

    @cached_property
    def tree(self) -> Tree:
        """The one the page was found in; a previewed page was found in none."""
        if self.page is None:
            return Tree.load("")
        found: Tree | None = getattr(self.page, "tree", None)
        return found or Tree.load(_polish_path(self.page))

    def _link(self, page: BasePage) -> Link:
        """To a Polish page, by its title in the language being read."""
        shown = self.tree.versions(page).get(self.language, page)
        lang = shown.locale.language_code
        return Link(
            title=shown.title,
            url=localised(page.url_path.removeprefix(HOME_URL_PATH), self.language),
            lang=lang if lang != self.language else "",
            is_current=self.page is not None and self.page.translation_key == page.translation_key,
        )

    @cached_property
    def home_url(self) -> str:
        return localised("", self.language)

    @cached_property
    def nav(self) -> list[Link]:
        """The sections of the page tree that editors put there, the events, and volunteering where
        people live."""
        pages = [self._link(page) for page in self.tree.sections if page.show_in_menus]
        rooms = [(gettext("Events"), self.events_url)]
        if not self.tenant.is_leader:
            rooms.append((gettext("Volunteering"), self.volunteering_url))
        return [
            *pages,
            *(Link(title, url, is_current=self.request.path == url) for title, url in rooms),
        ]

    @cached_property
    def events_url(self) -> str:
        return reverse("events:agenda")

    @cached_property
    def volunteering_url(self) -> str:
        return reverse("volunteering:home")

    @cached_property
    def search_url(self) -> str:
        return reverse("search")

    @cached_property
    def marked(self) -> str:
        """What the menu shows as current depends on this."""
        entries = {self.events_url, self.volunteering_url, self.search_url}
        is_entry = self.page is not None or self.request.path in entries
        return self.request.path if is_entry else self.section

    @cached_property
    def footer(self) -> dict[str, Link]:
        """The pages every footer links to, by their role: ``accessibility``, ``privacy`` …"""
        return {
            FOOTER_SLUGS[page.slug]: self._link(page)
            for page in self.tree.sections
            if page.slug in FOOTER_SLUGS
        }

    @cached_property
    def footer_for_everyone(self) -> list[Link]:
        return [self.footer[role] for role in ("easy_read", "accessibility") if role in self.footer]

    @cached_property
    def footer_about(self) -> list[Link]:
        return [self.footer[role] for role in ("about", "privacy", "minors") if role in self.footer]

    @cached_property
    def directory_url(self) -> str:
        """The bare domain this site hangs under, or the first one of the installation."""
        name, colon, port = self.request.get_host().partition(":")
        hosts = settings.DIRECTORY_HOSTS
        bare = next((known for known in hosts if name.endswith(f".{known}")), hosts[0])
        return f"{self.request.scheme}://{bare}{colon}{port}/"

    @cached_property
    def section(self) -> str:
        """URL of the menu entry the page belongs to, for marking it as current."""
        for room, url in (
            (self.events_url, self.events_url),
            (self.volunteering_url, self.volunteering_url),
            (reverse("volunteering:help"), self.volunteering_url),
        ):
            if self.request.path.startswith(room):
                return url
        return self.breadcrumbs[1].url if len(self.breadcrumbs) > 1 else ""

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """From home to the page itself; empty on home and outside the tree."""
        if self.page is None or not self.tree.path:
            return []
        above = [self._link(page) for page in self.tree.ancestors[1:]]
        lang = self.page_language if self.is_untranslated else ""
        own = Link(self.page.title, self.request.path, lang, is_current=True)
        return [Link(gettext("Home"), self.home_url), *above, own]

    # Languages

    @cached_property
    def _path(self) -> str:
        """The address of this page without its language."""
        path = self.request.path_info.lstrip("/")
        prefix, _slash, rest = path.partition("/")
        return rest if prefix in NATIVE_NAMES else path

    @cached_property
    def languages(self) -> list[Link]:
        return [
            Link(name, localised(self._path, code), code, is_current=code == self.language)
            for code, name in NATIVE_NAMES.items()
        ]

    @cached_property
    def is_untranslated(self) -> bool:
        """The reader asked for a language this page does not have and sees the Polish text."""
        return self.page is not None and self.page_language != self.language

    @cached_property
    def page_language(self) -> str:
        return str(self.page.locale.language_code) if self.page is not None else self.language

    @cached_property
    def canonical(self) -> str:
        return self.request.build_absolute_uri(localised(self._path, self.page_language))

    @cached_property
    def alternates(self) -> list[Link]:
        """The languages this page exists in, for ``hreflang``; nothing when only in Polish."""
        versions = self.tree.versions(self.page) if self.page is not None else {}
        if len(versions) < 2:
            return []
        return [
            Link(name, self.request.build_absolute_uri(localised(self._path, code)), code)
            for code, name in NATIVE_NAMES.items()
            if code in versions
        ]

    # People and places

    @cached_property
    def reach(self) -> Reach:
        return reach()

    @cached_property
    def phone(self) -> Phone | None:
        """The number in the header of every page: the lead contact's, or the main place's."""
        return phone(self.reach.phone) if self.reach.phone else None

    @cached_property
    def place(self) -> Address | None:
        return self.reach.address

    @cached_property
    def marks(self) -> tuple[FundingMark, ...]:
        return funding_marks(getattr(self.tenant, "funding_period", None))


def _polish_path(page: BasePage) -> str:
    """Path of a page as it is in an editor's hands: perhaps translated, perhaps not yet saved."""
    _site, _root, path = page.get_url_parts() or (0, "", "/")
    prefix, _slash, rest = path.lstrip("/").partition("/")
    return rest if prefix in NATIVE_NAMES and prefix != settings.LANGUAGE_CODE else path.lstrip("/")
