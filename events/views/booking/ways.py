"""What to do next when a form cannot be sent on: each refusal leads somewhere."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.forms.people import PartyForm
from events.models import BookingDraft, CapacityPool
from events.occasions import occasion_of
from events.places_gone import LateForm
from events.refusals import (
    AgeNotAllowed,
    AlreadyBooked,
    AlreadyChanged,
    AlreadyExtended,
    BookingRefused,
    CapacityIsReservedByLease,
    HasInsufficientCapacity,
    HoldExpired,
    OpportunityIsFull,
    TooManyHolds,
)
from events.views.booking.facts import Facts, facts_about
from events.views.booking.journey import CHECK, PARTY, Journey, attendee_step
from events.views.booking.refusing import WayOn, refused, typed
from portal.page_cache import kept_for_a_crowd

Fields = list[tuple[str, str]]
# No place, but perhaps a place in line.
_MAY_WAIT = (OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease, HoldExpired)


def told_of_draft(
    request: HttpRequest,
    refusal: BookingRefused,
    draft: BookingDraft,
    *,
    others: Sequence[BookingDraft] = (),
) -> HttpResponse:
    journey = Journey(draft)
    return refused(
        request,
        refusal,
        facts=Facts(draft.pool_id, lambda: journey.occasion),
        ways=_ways(request, refusal, journey, others),
    )


def told_of_late_form(
    request: HttpRequest, refusal: BookingRefused, late: LateForm
) -> HttpResponse:
    """The same page, made of the little that was read of the form; for the next who is late with
    such a party, it differs in the form's address only."""

    def render() -> str:
        ways = _wait(late.draft, _sent_by(late.party), _words_to_wait(refusal))
        if not late.is_course:
            ways.append(_another_date(late.draft))
        facts = Facts(late.pool, lambda: occasion_of(CapacityPool.objects.get(pk=late.pool)))
        page = refused(request, refusal, facts=facts, ways=ways, csrf_token=token)
        return page.rendered_content

    token = get_token(request)
    text = kept_for_a_crowd(
        request,
        f"{refusal.code} {late.pool} {late.is_course} {late.party}",
        [str(late.draft), token],
        render,
    )
    return HttpResponse(text, status=refusal.status)


def _ways(
    request: HttpRequest,
    refusal: BookingRefused,
    journey: Journey,
    others: Sequence[BookingDraft],
) -> list[WayOn]:
    if isinstance(refusal, TooManyHolds):
        return [way for other in others for way in _finish_or_drop(other)]
    first: list[WayOn] = []
    if isinstance(refusal, HasInsufficientCapacity) and refusal.free:
        first += _fewer(refusal.free, journey)
    if isinstance(refusal, _MAY_WAIT) and getattr(refusal, "has_waiting_list", True):
        sent = _typed_about_party(request) or _sent_by(journey.party)
        first += _wait(journey.draft.pk, sent, _words_to_wait(refusal))
    if isinstance(refusal, AgeNotAllowed):
        first.append(WayOn(_("Correct the age"), journey.url(attendee_step(1))))
    if isinstance(refusal, AlreadyBooked):
        first.append(WayOn(_("Show my bookings"), reverse("my_events:bookings")))
    if isinstance(refusal, AlreadyExtended):
        return [WayOn(_("Go on with the booking"), journey.url(journey.next))]
    if isinstance(refusal, AlreadyChanged):
        first.append(WayOn(_("Look again"), journey.url(CHECK)))
    return first if journey.activity.is_course else [*first, _another_date(journey.draft.pk)]


def _fewer(free: int, journey: Journey) -> list[WayOn]:
    words = ngettext("Book for %(free)d person", "Book for %(free)d people", free)
    return [WayOn(words % {"free": free}, journey.url(PARTY))]


def _words_to_wait(refusal: BookingRefused) -> str:
    if isinstance(refusal, HasInsufficientCapacity):
        words = ngettext(
            "Wait together for %(places)d place",
            "Wait together for %(places)d places",
            refusal.wanted,
        )
        return words % {"places": refusal.wanted}
    return _("Join the waiting list")


def _typed_about_party(request: HttpRequest) -> Fields:
    return [pair for pair in typed(request) if pair[0] in PartyForm.base_fields]


def _sent_by(party: dict[str, Any]) -> Fields:
    """What the form about the party would send, as it was answered."""
    initial = PartyForm.initial_of(party)
    return [(name, str(value)) for name, value in initial.items() if value]


def _wait(draft: UUID, sent: Fields, words: str) -> list[WayOn]:
    """Together, or not at all: the party keeps its place in line until there is room for all."""
    if not any(name == "who" for name, _value in sent):
        return []
    return [WayOn(words, reverse("events:draft_wait", args=[draft]), sends=sent)]


def _another_date(draft: UUID) -> WayOn:
    return WayOn(_("Choose another date"), reverse("events:draft_date", args=[draft]))


def _finish_or_drop(draft: BookingDraft) -> list[WayOn]:
    title = facts_about(draft.pool).title
    return [
        WayOn(
            _("Finish the booking for “%(title)s”") % {"title": title},
            reverse("events:step", args=[draft.pk, CHECK]),
        ),
        WayOn(
            _("Let the places for “%(title)s” go") % {"title": title},
            reverse("events:hold_drop", args=[draft.pk]),
        ),
    ]
