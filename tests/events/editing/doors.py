"""What each address of the editors' pages takes, and something behind every one of them."""

from typing import Any

from django.utils import timezone

from events.models import Activity, CapacityPool, Session
from portal.accounts.models import Organisation
from portal.accounts.permissions import Permission
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.making import in_days, make_activity, make_place, make_session

P = Permission

TAKES = {
    **dict.fromkeys(
        ["calendar", "month", "activities", "activity", "session", "preview"], P.SEE_EVENTS
    ),
    **dict.fromkeys(["approve", "ask", "reject"], P.REVIEW_EVENTS),
    **dict.fromkeys(
        [
            "begin", "rules", "publish", "withdraw", "remove", "cancel_all", "course_places",
            "text", "publish_text", "picture", "remove_picture", "session_add", "series",
            "series_check", "series_change", "series_make", "session_change", "places", "move",
            "move_check", "move_change", "move_make", "skip", "cancel", "session_remove",
        ],
        P.EDIT_EVENTS,
    ),
}  # fmt: skip
ONLY_POST = {
    "publish", "approve", "publish_text", "remove_picture", "series_check", "series_change",
    "series_make", "move_check", "move_change", "move_make",
}  # fmt: skip
_OF_A_DATE = {
    "session", "session_change", "places", "move", "move_check", "move_change", "move_make",
    "skip", "cancel", "session_remove",
}  # fmt: skip
_OF_WORDS = {"text", "publish_text", "picture", "remove_picture", "preview"}


def arguments_of(tenant: Tenant) -> dict[str, list[Any]]:
    """A proposal that waits for the office, with a date that is public."""
    with bind(tenant):
        proposal = proposed("Pierogi razem", status="submitted")
        date = make_session(proposal, starts_at=in_days(5), place=make_place("Remiza"))
    today = timezone.localdate()
    return {
        name: [date.pk] if name in _OF_A_DATE
        else [proposal.pk, "pl"] if name in _OF_WORDS
        else {"calendar": [], "activities": [], "begin": [], "month": [today.year, today.month]}
        .get(name, [proposal.pk])
        for name in TAKES
    }  # fmt: skip


def circle() -> Organisation:
    """The organisation of ``ngo_member``, whom the office has verified."""
    found = Organisation.objects.get(name="Koło Gospodyń")
    found.status, found.decided_at = Organisation.Status.VERIFIED, timezone.now()
    found.save()
    return found


def proposed(title: str = "Pierogi razem", **rules: Any) -> Activity:
    """What the organisation of ``ngo_member`` proposes; its draft unless ``rules`` say else."""
    organisation = circle()
    member = organisation.members.get().user
    rules = {"status": "draft", "kind": "one_off", **rules}
    activity = make_activity(title, organisation=organisation, proposed_by=member.pk, **rules)
    activity.texts.update(live=rules["status"] == "published")
    return activity


def places_of(thing: Session | Activity) -> CapacityPool:
    """As they are now."""
    assert thing.pool is not None
    return CapacityPool.objects.get(pk=thing.pool.pk)


def reread(session: Session) -> Session:
    return Session.objects.select_related("activity", "pool", "series", "place").get(pk=session.pk)
