"""What a site offers, repeated in the registry, so that the leader's site can list it.

Written in the transaction that publishes, takes down, moves or deletes the service.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from cms_pages.addresses import localised
from cms_pages.freshness import is_draft
from cms_pages.models import ServicePage
from cms_pages.slugs import HOME_URL_PATH
from tenants.binding import bound_tenant
from tenants.models import ListedService, Tenant


def connect() -> None:
    post_save.connect(_saved, sender=ServicePage, dispatch_uid="listing")
    post_delete.connect(_deleted, sender=ServicePage, dispatch_uid="listing")
    post_page_move.connect(_moved, sender=ServicePage, dispatch_uid="listing")


def list_services(pages: Iterable[ServicePage]) -> None:
    """Make the registry say what these pages of the bound site say; one statement for all."""
    tenant = bound_tenant()
    polish = [page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE]
    if tenant is None or not polish:
        return
    ListedService.objects.bulk_create(
        [_listed(page, tenant) for page in polish if page.live],
        update_conflicts=True,
        unique_fields=["tenant", "page"],
        update_fields=["title", "lead", "area", "path"],
    )
    hidden = [page.translation_key for page in polish if not page.live]
    if hidden:
        ListedService.objects.filter(tenant=tenant, page__in=hidden).delete()
    tenant.bump_content_version_of_leaders()


def _listed(page: ServicePage, tenant: Tenant) -> ListedService:
    return ListedService(
        tenant=tenant,
        page=page.translation_key,
        title=page.title,
        lead=page.lead,
        area=page.area,
        path=localised(page.url_path.removeprefix(HOME_URL_PATH), settings.LANGUAGE_CODE),
    )


def _saved(
    *, instance: ServicePage, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    if not raw and not is_draft(update_fields):
        list_services([instance])


def _deleted(*, instance: ServicePage, **_kwargs: Any) -> None:
    tenant = bound_tenant()
    if tenant is None or instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    ListedService.objects.filter(tenant=tenant, page=instance.translation_key).delete()
    tenant.bump_content_version_of_leaders()


def _moved(*, instance: Any, **_kwargs: Any) -> None:
    list_services([instance.specific])
