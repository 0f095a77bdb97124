"""The first question: which date. Nothing is kept before it is answered."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from events.actions.answer_step import answer_step
from events.actions.drop_draft import drop_draft
from events.actions.start_draft import start_draft
from events.availability import office_phone
from events.clients import client_of, digest, new_secret, with_client
from events.forms.dates import DateForm
from events.models import Activity, BookingDraft, CapacityPool
from events.refusals import BookingRefused
from events.shown import Shown, foreign
from events.views.booking.dates import choosable, dates_of, why_not
from events.views.booking.drafts import drafts_of, of_open_draft, person_of
from events.views.booking.journey import CONTACT, PARTY, steps_ahead
from events.views.booking.limits import begin_form, message_to
from events.views.booking.refusing import WayOn, refused, too_many
from portal.accounts.limits import TooManyTries

# Shown at first; a weekly activity has fifty, and people come for the next ones.
_DATES = 10
# Sets of places one browser may keep at once.
_HELD_AT_ONCE = 2


@never_cache
def start(request: HttpRequest, slug: str) -> HttpResponseBase:
    activity = get_object_or_404(_activities(), slug=slug)
    dates = dates_of(activity)
    if not choosable(dates):
        return _nothing_to_choose(request, activity, dates)
    form = _form(request, dates)
    if request.method != "POST" or not form.is_valid():
        back = reverse("events:activity", args=[activity.slug])
        return _page(request, activity, dates, form, back=back)
    try:
        begin_form(request)
        return _begin(request, activity, _pool_of(form))
    except BookingRefused as refusal:
        return refused(request, refusal, ways=_to_activity(activity))
    except TooManyTries as tries:
        return too_many(request, tries.wait)


@of_open_draft
def change_date(request: HttpRequest, draft: BookingDraft) -> HttpResponseBase:
    """The same question once a form is begun: its answers go along to another date."""
    activity = get_object_or_404(_activities(), pk=draft.activity_id)
    dates = dates_of(activity)
    if not choosable(dates):
        return _nothing_to_choose(request, activity, dates)
    form = _form(request, dates, chosen=draft.pool)
    if request.method != "POST" or not form.is_valid():
        back = reverse("events:activity", args=[activity.slug])
        return _page(request, activity, dates, form, back=back)
    pool = _pool_of(form)
    if pool != draft.pool:
        moved = _moved(draft, pool)
        drop_draft(draft=draft)
        draft = moved
    return redirect("events:step", draft.pk, PARTY)


def _activities() -> QuerySet[Activity]:
    return Activity.objects.published().with_texts().select_related("organisation")


def _form(
    request: HttpRequest, dates: Sequence[Shown], *, chosen: CapacityPool | None = None
) -> DateForm:
    free = choosable(dates)
    wanted = request.GET.get("termin", "")
    if chosen is not None:
        wanted = next((str(one.session.pk) for one in free if one.session.places == chosen), wanted)
    if len(free) == 1:
        wanted = str(free[0].session.pk)
    return DateForm(
        request.POST if request.method == "POST" else None, dates=free, initial={"session": wanted}
    )


def _pool_of(form: DateForm) -> CapacityPool:
    pool = form.chosen.session.places
    if pool is None:
        raise ValueError("A date without places was offered.")
    return pool


def _page(
    request: HttpRequest, activity: Activity, dates: Sequence[Shown], form: DateForm, *, back: str
) -> HttpResponse:
    free = choosable(dates)
    options = form.options if "wszystkie" in request.GET else form.options_among_first(_DATES)
    wanted = request.GET.get("termin", "")
    missed = [one for one in dates if str(one.session.pk) == wanted and one not in free]
    return TemplateResponse(
        request,
        "events/booking/start.html",
        {
            "form": form,
            "options": options,
            "more": len(free) - len(options),
            "activity": activity,
            "lang": foreign(activity.text),
            "only": free[0] if len(free) == 1 else None,
            "missed": why_not(activity, missed),
            "office": office_phone(activity),
            "back": back,
            "total": len(steps_ahead(activity, person_of(request))) + 1,
        },
        status=422 if form.errors else 200,
    )


def _nothing_to_choose(
    request: HttpRequest, activity: Activity, dates: Sequence[Shown]
) -> HttpResponseBase:
    """Why, where booking comes later or has ended; the page of the activity says the rest."""
    refusal = why_not(activity, dates)
    if refusal is None:
        return redirect("events:activity", activity.slug)
    return refused(request, refusal, ways=_to_activity(activity))


def _to_activity(activity: Activity) -> list[WayOn]:
    return [WayOn(activity.title, reverse("events:activity", args=[activity.slug]))]


def _begin(request: HttpRequest, activity: Activity, pool: CapacityPool) -> HttpResponseBase:
    """A form of this browser for the date: the one begun before, with its answers, or a new one."""
    person = person_of(request)
    begun = list(
        drafts_of(request)
        .filter(activity=activity, person=person, booking=None)
        .order_by("created_at")
    )
    same = next((draft for draft in begun if draft.pool == pool), None)
    if same is not None:
        return redirect("events:step", same.pk, PARTY)
    client, secret = client_of(request), ""
    if client is None:
        secret = new_secret()
        client = digest(secret)
    if begun:
        message_to(begun[-1].answers.get(CONTACT, {}))
    draft = start_draft(activity=activity, pool=pool, client=client, person=person)
    if begun:
        # Who goes back and chooses another date does not answer everything again.
        answer_step(draft=draft, answers=begun[-1].answers)
    holding = [other for other in begun if other.slot is not None]
    if len(holding) >= _HELD_AT_ONCE:
        drop_draft(draft=holding[0])
    return with_client(request, redirect("events:step", draft.pk, PARTY), secret=secret)


def _moved(draft: BookingDraft, pool: CapacityPool) -> BookingDraft:
    moved = start_draft(
        activity=draft.activity, pool=pool, client=draft.client, person=draft.person
    )
    return answer_step(draft=moved, answers=draft.answers)
