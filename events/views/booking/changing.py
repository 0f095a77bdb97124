"""What the holder of the link changes: needs, transport, a note, what others see, the date."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.actions.change_booking import change_booking
from events.actions.switch_session import switch_session
from events.conflicts import overlapping
from events.forms.contact import SharingForm
from events.forms.dates import DateForm
from events.forms.needs import NeedsForm, NoteForm, TransportForm
from events.links import manage_path
from events.models import Booking, TransportRequest
from events.party import Transport
from events.shown import Shown
from events.views.booking.answering import back_to
from events.views.booking.dates import dates_of
from events.views.booking.managed import Managed, of_link, user_of
from events.views.booking.needs_asked import consent_to_needs

AnyForm = NeedsForm | NoteForm | TransportForm | SharingForm | DateForm


@of_link
def needs(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    managed = Managed(booking)
    if not managed.is_alive:
        return redirect(manage_path(booking))
    people = {str(number): one for number, one in enumerate(managed.active, start=1)}
    known = {number: [row.need for row in one.needs.all()] for number, one in people.items()}
    form = NeedsForm(
        _data(request),
        people={number: str(one.person) for number, one in people.items()},
        initial=NeedsForm.initial_of({"needs": known, "agrees": any(known.values())}),
    )
    if request.method == "POST" and form.is_valid():
        ticked = form.ticked
        change_booking(
            booking=booking,
            needs={one.pk: ticked.get(number, []) for number, one in people.items()},
            acting_user=user_of(request),
        )
        return back_to(booking, "zmienione")
    return _ask(
        request, managed, form, "events/booking/change_needs.html", consent=consent_to_needs()
    )


@of_link
def note(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    managed = Managed(booking)
    if not managed.is_alive:
        return redirect(manage_path(booking))
    form = NoteForm(_data(request), initial={"note": booking.note})
    if request.method == "POST" and form.is_valid():
        change_booking(
            booking=booking, note=form.cleaned_data["note"], acting_user=user_of(request)
        )
        return back_to(booking, "zmienione")
    return _ask(request, managed, form, "events/booking/change_note.html")


@of_link
def sharing(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    managed = Managed(booking)
    if managed.facts.activity.organisation_id is None:
        raise Http404
    if not managed.is_alive:
        return redirect(manage_path(booking))
    form = SharingForm(
        _data(request),
        initial={"shows_names": booking.shows_names, "shows_contact": booking.shows_contact},
    )
    if request.method == "POST" and form.is_valid():
        change_booking(booking=booking, **form.answer, acting_user=user_of(request))
        return back_to(booking, "zmienione")
    return _ask(request, managed, form, "events/booking/change_sharing.html")


@of_link
def transport(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    managed = Managed(booking)
    if not managed.facts.activity.offers_transport:
        raise Http404
    if not managed.is_alive:
        return redirect(manage_path(booking))
    size = len(managed.active)
    form = TransportForm(
        _data(request), size=size, initial=_asked(managed.transport, booking, size)
    )
    if request.method == "POST" and form.is_valid():
        answer = form.answer
        wanted = Transport(people=0)
        if answer["wants"]:
            wanted = Transport(**{key: answer[key] for key in ("people", "street", "city", "note")})
        change_booking(booking=booking, transport=wanted, acting_user=user_of(request))
        return back_to(booking, "zmienione")
    return _ask(request, managed, form, "events/booking/change_transport.html")


def _asked(request: TransportRequest | None, booking: Booking, size: int) -> dict[str, object]:
    if request is None:
        booker = booking.booker
        return {"people": size, "street": booker.street, "city": booker.city, "wants": "no"}
    return {
        "wants": "yes", "people": request.people, "street": request.street, "city": request.city,
        "note": request.note,
    }  # fmt: skip


@of_link
def date(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    """To another date of the same activity: the new places are taken first."""
    managed = Managed(booking)
    if not managed.is_alive or managed.facts.activity.is_course:
        return redirect(manage_path(booking))
    form = DateForm(_data(request), dates=_other_dates(managed))
    if request.method == "POST" and form.is_valid():
        pool = form.chosen.session.places
        if pool is None:
            raise Http404
        moved = switch_session(booking=booking, pool=pool, acting_user=user_of(request))
        return back_to(moved, "termin")
    busy = {
        str(shown.session.pk): clash[0].activity.title
        for shown in form.dates.values()
        if (clash := overlapping(booking.booker, [shown.session]))
    }
    options = [
        (option, shown, busy.get(str(shown.session.pk), "")) for option, shown in form.options
    ]
    return _ask(request, managed, form, "events/booking/change_date.html", options=options)


def _other_dates(managed: Managed) -> list[Shown]:
    """Those with room for the whole party."""
    size = len(managed.active)
    return [
        shown
        for shown in dates_of(managed.facts.activity)
        if shown.availability.can_book
        and shown.availability.free >= size
        and shown.session.places != managed.booking.pool
    ]


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _ask(
    request: HttpRequest, managed: Managed, form: AnyForm, template: str, **context: object
) -> HttpResponse:
    return TemplateResponse(
        request,
        template,
        {
            "form": form,
            "managed": managed,
            "booking": managed.booking,
            "facts": managed.facts,
            "back": manage_path(managed.booking),
            **context,
        },
        status=422 if form.errors else 200,
    )
