"""Pages go live and expire at the moment somebody chose: a job waits for that moment.

The job is deferred before the moment itself is written, in the same transaction where there is one:
a page is never scheduled with nothing to carry it out. A job that finds nothing to do is harmless,
so nothing is taken back when somebody chooses another moment or none. The signals of models are
listened to here; the job does what Wagtail's command ``publish_scheduled`` does.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.db.models.signals import pre_save
from django.utils import timezone
from wagtail.models import Revision, get_page_models

from cms_pages.models import BasePage
from cms_pages.tasks import publish_scheduled
from tenants.binding import bound_tenant

# The clocks of the worker and of the database may differ by this much.
DIFFERENCE = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class SomeFailed(Exception):
    """Some pages could not be published or taken down; the message has their keys."""


def connect() -> None:
    pre_save.connect(_revision_saved, sender=Revision, dispatch_uid="scheduling")
    for model in get_page_models():
        pre_save.connect(_page_saved, sender=model, dispatch_uid="scheduling")


def carry_out() -> None:
    """Take down what has expired and publish what was to go live, in the bound site.

    Raises:
        SomeFailed: after the others were tried.
    """
    now = timezone.now()
    failed = [
        *_each(_take_down, _expired(now).order_by("expire_at").values_list("pk", flat=True), now),
        *_each(
            _publish, _due(now).order_by("approved_go_live_at").values_list("pk", flat=True), now
        ),
    ]
    if failed:
        raise SomeFailed(", ".join(failed))
    soon = _next_moment(now)
    if soon is not None and soon <= now + DIFFERENCE:
        publish_scheduled.defer_at(soon)


def _expired(now: datetime) -> QuerySet[Any]:
    pages: QuerySet[Any] = BasePage.objects.filter(live=True, expire_at__lte=now)
    return pages


def _due(now: datetime) -> QuerySet[Any]:
    revisions: QuerySet[Any] = Revision.objects.filter(approved_go_live_at__lte=now)
    return revisions


def _each(act: Callable[[int, datetime], None], todo: QuerySet[Any], now: datetime) -> list[str]:
    failed = []
    for key in list(todo.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                act(key, now)
        except Exception as error:  # noqa: BLE001 - a page may raise anything; the others go on
            logger.error("%s %s: %s", act.__name__, key, type(error).__name__)
            failed.append(f"{act.__name__} {key}")
    return failed


def _take_down(key: int, now: datetime) -> None:
    page = _expired(now).select_for_update().filter(pk=key).first()
    if page is not None:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(key: int, now: datetime) -> None:
    revision = _due(now).select_for_update().filter(pk=key).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _next_moment(now: datetime) -> datetime | None:
    moments = [
        Revision.objects.filter(approved_go_live_at__gt=now).aggregate(
            moment=Min("approved_go_live_at")
        )["moment"],
        BasePage.objects.filter(live=True, expire_at__gt=now).aggregate(moment=Min("expire_at"))[
            "moment"
        ],
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def _revision_saved(
    *, instance: Any, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    is_written = update_fields is None or "approved_go_live_at" in update_fields
    if not raw and is_written and instance.approved_go_live_at is not None:
        _defer(instance.approved_go_live_at)


def _page_saved(
    *, instance: Any, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    is_written = update_fields is None or bool({"expire_at", "live"} & update_fields)
    if not raw and is_written and instance.live and instance.expire_at is not None:
        _defer(instance.expire_at)


def _defer(moment: datetime) -> None:
    if bound_tenant() is not None:
        publish_scheduled.defer_at(moment)
