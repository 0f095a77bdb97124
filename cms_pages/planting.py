"""Many new pages at once: the rows Wagtail would write for each, in a few statements for all.

Publishing through Wagtail costs about thirty statements a page, which a new site with its thirty
pages would feel. What comes out is the same: pages in the tree, a live revision each, the search
index, the index of references. Signals are sent with ``raw=True``, so whoever repeats pages
elsewhere is called here by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from cms_pages.listing import list_services
from cms_pages.models import BasePage, ServicePage
from tenants.binding import current_tenant

Planting = tuple[BasePage, BasePage]

_REVISION_FIELDS = ("latest_revision", "live_revision", "latest_revision_created_at")


def plant(plantings: Sequence[Planting]) -> None:
    """Publish new pages, each under a parent that is stored or comes earlier in the sequence.

    Needs title, slug and locale of each page; runs in the caller's transaction.
    """
    if not plantings:
        return
    pages = [page for page, _parent in plantings]
    _place_in_tree(plantings)
    _insert(pages)
    _make_revisions(pages)
    _index(pages)
    list_services(page for page in pages if isinstance(page, ServicePage))
    current_tenant().bump_content_version()


def _place_in_tree(plantings: Sequence[Planting]) -> None:
    now = timezone.now()
    next_step: dict[str, int] = {}
    for page, parent in plantings:
        if parent.path not in next_step:
            next_step[parent.path] = 1 if parent.pk is None else _grow(parent, plantings)
        page.depth = parent.depth + 1
        page.path = BasePage._get_path(  # noqa: SLF001
            parent.path, page.depth, next_step[parent.path]
        )
        next_step[parent.path] += 1
        if parent.pk is None:
            parent.numchild += 1
        page.set_url_path(parent)
        page.draft_title = page.title
        page.live = True
        page.has_unpublished_changes = False
        page.first_published_at = page.last_published_at = now
        page.search_text = page.text_for_search()


def _grow(parent: BasePage, plantings: Sequence[Planting]) -> int:
    """Count the new children of a stored page; the step after its last child."""
    new = sum(other is parent for _page, other in plantings)
    BasePage.objects.filter(pk=parent.pk).update(numchild=F("numchild") + new)
    children = BasePage.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("-path").values_list("path", flat=True).first()
    if last is None:
        return 1
    return int(BasePage._str2int(last[-BasePage.steplen :])) + 1  # noqa: SLF001


def _base(page: BasePage) -> BasePage:
    """The page as a row of the common table."""
    fields = {
        field.attname: getattr(page, field.attname) for field in BasePage._meta.concrete_fields
    }
    return BasePage(**fields)


def _insert(pages: Sequence[BasePage]) -> None:
    children = [child for page in pages for child in _children(page)]
    rows = BasePage.objects.bulk_create([_base(page) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        # Only the row of the page's own table: that of the common one is there.
        page.save_base(raw=True, force_insert=True)
    by_model = defaultdict(list)
    for child, field, page in children:
        setattr(child, field, page)
        by_model[type(child)].append(child)
    for model, of_model in by_model.items():
        model._default_manager.bulk_create(of_model)


def _children(page: BasePage) -> Iterator[tuple[models.Model, str, BasePage]]:
    """The rows that belong to a page, with the name of their key to it.

    They stay in the page's memory, so that nobody has to read them back.
    """
    for relation in get_all_child_relations(type(page)):
        manager = getattr(page, relation.get_accessor_name())
        children = list(manager.all())
        manager.set(children)
        for ordinal, child in enumerate(children):
            child.ordinal = ordinal
            yield child, relation.field.name, page


def _make_revisions(pages: Sequence[BasePage]) -> None:
    base_type = ContentType.objects.get_for_model(BasePage)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.content_type,
            base_content_type=base_type,
            object_id=str(page.pk),
            created_at=page.first_published_at,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
        page.latest_revision_created_at = revision.created_at
    BasePage.objects.bulk_update([_base(page) for page in pages], _REVISION_FIELDS)


def _index(pages: Iterable[BasePage]) -> None:
    by_type = sorted(pages, key=lambda page: type(page).__name__)
    for page_type, group in groupby(by_type, key=type):
        objects = list(group)
        for backend in get_search_backends():
            backend.get_index_for_model(page_type).add_items(page_type, objects)
    references = [reference for page in by_type for reference in _references(page)]
    ReferenceIndex.objects.bulk_create(references)


def _references(page: BasePage) -> list[ReferenceIndex]:
    base_type = ContentType.objects.get_for_model(BasePage)
    return [
        ReferenceIndex(
            content_type=page.content_type,
            base_content_type=base_type,
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_object,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),  # noqa: SLF001
        )
        for to_type, to_object, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001
        )
    ]
