from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class ListPage(Page[M]):
    """A page that names its neighbours: a list of four hundred pages does not name them all."""

    @property
    def elided(self) -> Iterable[int | str]:
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


class _ListPaginator(Paginator[M]):
    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage[M]:
        return ListPage(*args, **kwargs)


def page_of(rows: QuerySet[M], request: HttpRequest, size: int = 25) -> ListPage[M]:
    """The page ``?strona=`` asks for; nonsense and pages beyond the end find the nearest."""
    page: ListPage[M] = _ListPaginator(rows, size).get_page(request.GET.get("strona"))  # type: ignore[assignment]
    return page
