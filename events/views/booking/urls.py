from django.urls import path

from events.views.booking import (
    answering,
    changing,
    check,
    done,
    holding,
    links,
    manage,
    people,
    start,
    steps,
)  # fmt: skip

_DRAFT = "wydarzenia/zapis/<uuid:draft>"
_BOOKING = "wydarzenia/zgloszenie/<str:code>/<str:token>"

urlpatterns = [
    path("wydarzenia/link/", links.new_link, name="new_link"),
    path("wydarzenia/<slug:slug>/zapisz/", start.start, name="start"),
    # The form; every step is reversed as ``events:step``.
    path(f"{_DRAFT}/termin/", start.change_date, name="draft_date"),
    path(f"{_DRAFT}/osoby/", people.party, name="party"),
    path(f"{_DRAFT}/osoba-<int:number>/", people.attendee, name="attendee"),
    path(f"{_DRAFT}/sprawdz/", check.check, name="check"),
    path(f"{_DRAFT}/czekaj/", people.wait, name="draft_wait"),
    path(f"{_DRAFT}/dluzej/", holding.extend, name="hold_extend"),
    path(f"{_DRAFT}/trzymaj/", holding.hold_again, name="hold_again"),
    path(f"{_DRAFT}/pusc/", holding.drop, name="hold_drop"),
    path(f"{_DRAFT}/gotowe/", done.done, name="done"),
    path(f"{_DRAFT}/odwolaj/", done.give_back, name="draft_cancel"),
    path(f"{_DRAFT}/kartka.pdf", done.slip, name="slip"),
    path(f"{_DRAFT}/termin.ics", done.ics, name="ics"),
    path(f"{_DRAFT}/<slug:step>/", steps.step, name="step"),
    # Behind the link.
    path(f"{_BOOKING}/", manage.booking, name="booking"),
    path(f"{_BOOKING}/kartka.pdf", manage.slip, name="booking_slip"),
    path(f"{_BOOKING}/termin.ics", manage.ics, name="booking_ics"),
    path(f"{_BOOKING}/potwierdz/", answering.confirm, name="booking_confirm"),
    path(f"{_BOOKING}/przyjmij/", answering.accept, name="booking_accept"),
    path(f"{_BOOKING}/odrzuc/", answering.decline, name="booking_decline"),
    path(f"{_BOOKING}/opusc/", answering.leave, name="booking_leave"),
    path(f"{_BOOKING}/anuluj/", answering.cancel, name="booking_cancel"),
    path(f"{_BOOKING}/anuluj/<uuid:pk>/", answering.cancel_one, name="booking_cancel_one"),
    path(f"{_BOOKING}/zmien/potrzeby/", changing.needs, name="booking_needs"),
    path(f"{_BOOKING}/zmien/dowoz/", changing.transport, name="booking_transport"),
    path(f"{_BOOKING}/zmien/uwagi/", changing.note, name="booking_note"),
    path(f"{_BOOKING}/zmien/organizator/", changing.sharing, name="booking_sharing"),
    path(f"{_BOOKING}/zmien/termin/", changing.date, name="booking_date"),
]
