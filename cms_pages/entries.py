"""Pages in a list: each in the reader's language where there is a translation, else in Polish."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.query import PageQuerySet

from cms_pages.addresses import localised
from cms_pages.slugs import HOME_URL_PATH


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as a list shows it, and the Polish one; ``lang`` is set only where the words are not
    the reader's."""

    page: Any
    original: Any
    url: str
    lang: str

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def lead(self) -> str:
        return str(self.page.lead)


def entries(pages: PageQuerySet) -> list[Entry]:
    """The Polish pages of a queryset in its order, translated where they are: one query.

    The queryset must not filter by language or by place in the tree.
    """
    language = get_language() or settings.LANGUAGE_CODE
    found = (
        pages.filter(locale__language_code__in={settings.LANGUAGE_CODE, language})
        .select_related("locale")
        .defer("search_text", "search_description")
    )
    originals = []
    translations = {}
    for page in found:
        if page.locale.language_code == settings.LANGUAGE_CODE:
            originals.append(page)
        else:
            translations[page.translation_key] = page
    return [
        Entry(
            page=(shown := translations.get(original.translation_key, original)),
            original=original,
            url=localised(original.url_path.removeprefix(HOME_URL_PATH), language),
            lang="" if shown.locale.language_code == language else shown.locale.language_code,
        )
        for original in originals
    ]
