"""The few dates that come next, for the home page."""

from collections.abc import Sequence

from events.models import Session
from events.partners import PartnerSession, coming
from events.shown import Named
from tenants.binding import current_tenant


def next_dates(number: int) -> Sequence[Named | PartnerSession]:
    """Of the bound gmina; of a leader's partners. Two queries: the page is kept for a while, so
    places left are not on it."""
    tenant = current_tenant()
    if tenant.is_leader:
        listed = coming(tenant).filter(is_cancelled=False)
        return [PartnerSession(session) for session in listed[:number]]
    sessions = Session.objects.public().taking_place().upcoming().in_order()
    sessions = sessions.select_related("activity", "place").prefetch_related("activity__texts")
    return [Named(session) for session in sessions[:number]]
