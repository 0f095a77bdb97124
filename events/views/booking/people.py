"""How many come, and who: the first question takes the places."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.actions.answer_step import answer_step
from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.hold_places import hold_places
from events.forms.people import OTHERS, SOMEBODY_ELSE, AttendeeForm, PartyForm
from events.models import BookingDraft, CapacityPool
from events.refusals import OpportunityIsFull
from events.views.booking.asking import question
from events.views.booking.drafts import of_open_draft
from events.views.booking.journey import (
    CONTACT,
    NEEDS,
    PARTY,
    Journey,
    attendee_step,
    known_answers,
)
from portal.accounts.models import Person


@of_open_draft
def party(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """Who comes; the places are kept from here on, or the place in line is asked for."""
    journey = Journey(draft)
    form = _party_form(request, journey)
    if request.method == "POST" and form.is_valid():
        try:
            draft = hold_places(
                draft=draft,
                party_size=form.answer["size"],
                takes_wheelchair_place=form.answer["wheelchair"],
            )
        except OpportunityIsFull as refusal:
            # Nobody is told twice that they would have to wait.
            if not (form.cleaned_data["waits"] and refusal.has_waiting_list):
                raise
            draft = choose_waiting_list(draft=draft, party_size=form.answer["size"])
        return _go_on(draft, form)
    return question(
        request,
        journey,
        PARTY,
        form,
        "events/booking/party.html",
        is_full=_is_full(journey),
        wheelchair_places=_free_wheelchair_places(draft),
    )


@of_open_draft
def wait(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """Told that there are not enough places, they would rather wait together."""
    journey = Journey(draft)
    form = _party_form(request, journey)
    if request.method != "POST" or not form.is_valid():
        return redirect(journey.url(PARTY))
    return _go_on(choose_waiting_list(draft=draft, party_size=form.answer["size"]), form)


@of_open_draft
def attendee(request: HttpRequest, draft: BookingDraft, number: int) -> HttpResponseBase:
    """One of them: the name, and the age where the activity has limits."""
    journey = Journey(draft)
    step = attendee_step(number)
    if step not in journey.steps or not journey.is_answered(PARTY):
        return redirect(journey.url(journey.next if journey.is_answered(PARTY) else PARTY))
    before: Mapping[str, Any] = journey.answers.get(step, {})
    known = [] if journey.is_me(number) else _close_people(journey, number)
    form = AttendeeForm(
        request.POST if request.method == "POST" else None,
        activity=journey.activity,
        is_me=journey.is_me(number),
        asks_name=not journey.knows_name_of(number),
        known=known,
        initial={**before, "known": _known_before(before, known)},
    )
    if request.method == "POST" and form.is_valid():
        answer = form.answer if "first_name" in form.answer else {**before, **form.answer}
        draft = answer_step(draft=draft, answers={step: answer})
        journey = Journey(draft)
        return redirect(journey.url(journey.next))
    return question(
        request,
        journey,
        step,
        form,
        "events/booking/attendee.html",
        heading=_heading(journey, number),
        code="age_not_allowed" if form.is_bound and form.is_age_refused else "",
    )


def _party_form(request: HttpRequest, journey: Journey) -> PartyForm:
    return PartyForm(
        request.POST if request.method == "POST" else None,
        most=journey.activity.party_limit,
        has_wheelchair_places=bool(_free_wheelchair_places(journey.draft)),
        initial=PartyForm.initial_of(journey.party),
    )


def _go_on(draft: BookingDraft, form: PartyForm) -> HttpResponse:
    """Keep the answer, forget people who no longer come, and say what we know by ourselves."""
    before, answer = Journey(draft), form.answer
    draft = answer_step(draft=draft, answers={PARTY: answer, **_made_to_fit(before, answer)})
    journey = Journey(draft)
    if known := known_answers(journey):
        journey = Journey(answer_step(draft=draft, answers=known))
    return redirect(journey.url(journey.next))


def _made_to_fit(before: Journey, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered about another party: None where it must be asked anew."""
    size, fits = answer["size"], dict[str, Any]()
    for step in before.answers:
        if step.startswith("osoba-") and int(step.removeprefix("osoba-")) > size:
            fits[step] = None
    if before.party and (answer["who"] == OTHERS) is before.comes_too:
        fits[attendee_step(1)] = None
    if needs := before.answers.get(NEEDS):
        kept = {number: ticked for number, ticked in needs["needs"].items() if int(number) <= size}
        same = {**needs, "needs": kept, "agrees": bool(kept)}
        fits[NEEDS] = same if size <= before.size else None
    if (contact := before.answers.get(CONTACT)) and answer["who"] != OTHERS:
        names = {"first_name", "last_name"}
        fits[CONTACT] = {key: value for key, value in contact.items() if key not in names}
    return fits


def _is_full(journey: Journey) -> bool:
    """Nothing is free but what this form holds itself."""
    pool = journey.draft.pool
    return journey.waits or (pool.free == 0 and not journey.is_held)


def _free_wheelchair_places(draft: BookingDraft) -> int | None:
    """None where none are set aside; those this form holds count as free."""
    aside = CapacityPool.objects.filter(
        main=draft.pool_id, purpose=CapacityPool.Purpose.WHEELCHAIR
    ).first()
    if aside is None:
        return None
    return aside.free + sum(hold.number for hold in draft.holds.filter(pool=aside))


def _close_people(journey: Journey, number: int) -> list[Person]:
    """Whom somebody logged in lives with or cares for, without those named already."""
    me = journey.me
    if me is None:
        return []
    near = {link.ward for link in me.wards.select_related("ward")}
    if me.household_id is not None:
        near |= set(Person.objects.filter(household=me.household_id).exclude(pk=me.pk))
    named = {
        journey.answers.get(attendee_step(other), {}).get("person")
        for other in range(1, journey.size + 1)
        if other != number
    }
    current = (one for one in near if one.merged_into_id is None and one.erased_at is None)
    return sorted(
        (one for one in current if str(one.pk) not in named),
        key=lambda one: (one.sort_key, str(one.pk)),
    )


def _known_before(before: Mapping[str, Any], known: list[Person]) -> str:
    chosen = before.get("person", "")
    if any(str(person.pk) == chosen for person in known):
        return str(chosen)
    return SOMEBODY_ELSE if before.get("first_name") else ""


def _heading(journey: Journey, number: int) -> str:
    if journey.knows_name_of(number):
        return _("How old will you be on the day of the activity?")
    if journey.is_me(number):
        return _("What is your name?")
    if journey.size == 1:
        return _("Who is coming?")
    return _("Who is person %(number)d?") % {"number": number}
