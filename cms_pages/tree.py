"""The part of the page tree that a request needs, in every language: one query."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.conf import settings
from django.db.models import Q

from cms_pages.models import BasePage
from cms_pages.slugs import HOME_URL_PATH

HOME_DEPTH, SECTION_DEPTH = 2, 3


@dataclass(frozen=True)
class Tree:
    """Home, its children, and the page under ``path`` with its ancestors; live ones only.

    ``path`` is a Polish path without the leading slash: ``uslugi/pomoc-w-domu/``, "" for home.
    """

    path: str
    pages: tuple[BasePage, ...]

    @classmethod
    def load(cls, path: str) -> Self:
        on_the_way = BasePage.objects.live().filter(url_path__in=_url_paths(path))
        pages = (
            BasePage.objects.live()
            .filter(
                Q(depth__in=(HOME_DEPTH, SECTION_DEPTH))
                | Q(translation_key__in=on_the_way.values("translation_key"))
            )
            .select_related("locale")
            .defer("search_text", "search_description", "lead")
            .order_by("path")
        )
        return cls(path, tuple(pages))

    @cached_property
    def _polish(self) -> dict[str, BasePage]:
        return {
            page.url_path: page
            for page in self.pages
            if page.locale.language_code == settings.LANGUAGE_CODE
        }

    def versions(self, page: BasePage) -> dict[str, BasePage]:
        """The page in each language it can be read in, by language code."""
        return {
            other.locale.language_code: other
            for other in self.pages
            if other.translation_key == page.translation_key
        }

    @property
    def page(self) -> BasePage | None:
        """The Polish page under ``path``."""
        return self._polish.get(f"{HOME_URL_PATH}{self.path}")

    @property
    def sections(self) -> list[BasePage]:
        """The Polish children of home, in the order of the tree."""
        return [page for page in self._polish.values() if page.depth == SECTION_DEPTH]

    @property
    def ancestors(self) -> list[BasePage]:
        """The Polish pages from home to the parent of ``page``."""
        return [
            self._polish[url_path]
            for url_path in _url_paths(self.path)[:-1]
            if url_path in self._polish
        ]


def _url_paths(path: str) -> list[str]:
    """``a/b/`` → the ``url_path`` of home, of ``a`` and of ``b``."""
    parts = path.strip("/").split("/") if path else []
    return [
        HOME_URL_PATH + "".join(f"{part}/" for part in parts[:end]) for end in range(len(parts) + 1)
    ]
