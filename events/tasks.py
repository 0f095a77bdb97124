"""Work that waits for its hour. The engine defers these jobs and they call it, so each imports what
it needs when it runs."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Booking, CapacityPool, Session, Told
from tenants.nightly import every_night
from tenants.work import site_task

logger = logging.getLogger(__name__)


class PoolsDrifted(Exception):
    """Places are counted as taken that nobody has, or the other way round."""


@site_task(label=_("telling people that an activity is moved or cancelled"))
@transaction.atomic
def tell_people_of_session(*, session: str, about: str, sequence: int) -> None:
    """All of them or, should anything go wrong, nobody; each once, however often it runs."""
    from events.telling import locked_session, tell_cancelled, tell_moved  # noqa: PLC0415

    stored = locked_session(UUID(session))
    if stored is None or stored.ends_at <= timezone.now():
        return
    if about == Told.About.CANCELLED and stored.is_cancelled:
        tell_cancelled(stored, sequence=sequence)
    elif about == Told.About.MOVED and stored.status in Session.TAKING_PLACE:
        tell_moved(stored, sequence=sequence)


@site_task(label=_("telling people that they have booked"))
@transaction.atomic
def tell_booked(*, booking: str) -> None:
    """Once, however often it runs; whoever has given everything back by then is told that alone."""
    from events import messages  # noqa: PLC0415

    rows = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(told_at=None)
    stored = rows.select_related("booker", "pool").filter(pk=UUID(booking)).first()
    if stored is None or not stored.participations.active().exists():
        return
    messages.tell_booked(stored)
    stored.told_at = timezone.now()
    stored.save(update_fields=["told_at"])


@site_task(label=_("passing on places that were not accepted in time"))
def expire_offers_of(*, pool: str) -> None:
    from events.actions.expire_offers import expire_offers  # noqa: PLC0415

    for found in CapacityPool.objects.filter(pk=UUID(pool)):
        expire_offers(pool=found)


@site_task(label=_("giving back places held for an unfinished form"))
def free_lapsed_holds(*, pool: str) -> None:
    expire_offers_of(pool=pool)


@site_task(label=_("giving back places that were not confirmed in time"))
def lapse_unconfirmed(*, booking: str) -> None:
    from events.actions.lapse_booking import lapse_booking  # noqa: PLC0415

    for found in Booking.objects.filter(pk=UUID(booking)):
        lapse_booking(booking=found)


@site_task(label=_("listing coming activities on the leader's site"))
@transaction.atomic
def refresh_listing() -> None:
    from events.listing import list_sessions  # noqa: PLC0415

    list_sessions()


@site_task(label=_("letting people into the conversation of their course"))
@transaction.atomic
def refresh_course_conversation(*, activity: str) -> None:
    """Whoever has a place is in it, whoever has given it back is not."""
    from portal.messaging.membership import bring_up_to_date  # noqa: PLC0415
    from portal.messaging.models import Conversation  # noqa: PLC0415

    rows = Conversation.objects.select_for_update()
    for conversation in rows.filter(activity=UUID(activity)):
        bring_up_to_date(conversation)


@site_task(label=_("checking that taken places add up"))
def check_places() -> None:
    """
    Raises:
        PoolsDrifted: they do not. Nothing is corrected: somebody looks why.
    """
    from events.reconcile import drifted_pools  # noqa: PLC0415

    drifted = drifted_pools()
    for drift in drifted:
        logger.error("pool %s: taken %d, counted %d", drift.pool, drift.taken, drift.counted)
    if drifted:
        raise PoolsDrifted(len(drifted))


# Every night


@every_night
def remind() -> None:
    from events.reminders import send_reminders  # noqa: PLC0415

    send_reminders()


@every_night
def close_what_is_over() -> None:
    """What has ended has taken place."""
    Session.objects.taking_place().filter(ends_at__lte=timezone.now()).update(
        status=Session.Status.HELD
    )


@every_night
def look_after_places_and_listing() -> None:
    """In jobs of their own, which staff see by name when they fail."""
    check_places.defer_once(None)
    refresh_listing.defer_once(None)
