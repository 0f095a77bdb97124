"""What an activity still lacks before the office, or everybody, can read it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.editing_refusals import NotReady
from events.models import Activity, Session


def missing(activity: Activity, *, for_everybody: bool = True) -> list[str]:
    """In words, in the order of the page; nothing when it is ready.

    Args:
        for_everybody: False asks only what an organisation has to say before the office looks.
    """
    lacks = []
    texts = [text for text in activity.texts.all() if text.language == "pl"]
    if not any(text.lead or text.body for text in texts):
        lacks.append(_("words in Polish about what it is like"))
    dates = list(activity.sessions.exclude(status=Session.Status.CANCELLED).upcoming().in_order())
    if not dates:
        lacks.append(_("at least one date to come"))
    if for_everybody:
        lacks += _missing_for_everybody(activity, dates)
    return lacks


def _missing_for_everybody(activity: Activity, dates: list[Session]) -> list[str]:
    lacks = []
    if any(date.place_id is None for date in dates):
        lacks.append(_("the place of every date"))
    if activity.takes_bookings and activity.is_course and activity.pool_id is None:
        lacks.append(_("the number of places of the course"))
    if activity.takes_bookings and not activity.is_course and any(d.pool_id is None for d in dates):
        lacks.append(_("the number of places of every date"))
    return lacks


def refuse_unless_ready(activity: Activity, *, for_everybody: bool = True) -> None:
    """
    Raises:
        NotReady: with everything it lacks.
    """
    lacks = missing(activity, for_everybody=for_everybody)
    if lacks:
        raise NotReady(lacks)


def now_public(activity: Activity) -> int:
    """Its dates to come are published with it; how many."""
    return (
        Session.objects.filter(activity=activity, status=Session.Status.DRAFT)
        .upcoming()
        .update(status=Session.Status.PUBLISHED, changed_at=timezone.now())
    )
