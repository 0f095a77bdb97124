"""Whatever changes what the public reads makes every cached page of the site stale.

One number per site, ``content_version``, is part of every cache key. It changes in the transaction
that changes the content, so it is never ahead of the content nor behind it. The signals of models
are listened to here and nowhere else; what must not count is named in ``_SILENT``.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Site
from wagtail.signals import post_page_move

from tenants.binding import bound_tenant

_APPS = ("cms_pages", "places", "wagtailredirects")
# A rendition is made when somebody first looks at a picture: nothing changes for anybody.
_SILENT = {"siterendition"}
# Saving a draft writes these fields of a page and no others.
_DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "wagtail_admin_comments",
}


def connect() -> None:
    """Listen to every model that the public sees something of."""
    for label in _APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model._meta.model_name not in _SILENT:
                _listen(model)
    _listen(Site)
    _listen(Locale)
    post_page_move.connect(_moved, dispatch_uid="freshness")


def is_draft(update_fields: frozenset[str] | None) -> bool:
    """Whether a save wrote only what belongs to an unpublished draft."""
    return update_fields is not None and update_fields <= _DRAFT_FIELDS


def _listen(model: type[models.Model]) -> None:
    post_save.connect(_saved, sender=model, dispatch_uid="freshness")
    post_delete.connect(_deleted, sender=model, dispatch_uid="freshness")


def _saved(*, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any) -> None:
    if not raw and not is_draft(update_fields):
        _mark_bound_site()


def _deleted(**_kwargs: Any) -> None:
    _mark_bound_site()


def _moved(**_kwargs: Any) -> None:
    _mark_bound_site()


def _mark_bound_site() -> None:
    tenant = bound_tenant()
    if tenant is not None:
        tenant.bump_content_version()
