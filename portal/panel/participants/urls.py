"""Who takes part: lists, the desk, the door. Mounted at ``wydarzenia/`` beside the editors."""

from django.urls import path

from portal.panel.participants.views import (
    bookings,
    codes,
    dates,
    deciding,
    desk,
    door,
    extras,
    lists,
    papers,
    transport,
    waiting,
    walk_ins,
)

app_name = "participants"

urlpatterns = [
    path("do-zrobienia/", lists.to_do, name="to_do"),
    # One date: its list
    path("termin/<uuid:pk>/uczestnicy/", lists.participants, name="participants"),
    path("termin/<uuid:pk>/uczestnicy/lista.pdf", papers.sign_in_sheet, name="sign_in_sheet"),
    path("termin/<uuid:pk>/uczestnicy/plik.xlsx", papers.xlsx, name="xlsx"),
    path("termin/<uuid:pk>/uczestnicy/plik.csv", papers.csv, name="csv"),
    path("termin/<uuid:pk>/rezerwowa/", waiting.waiting_list, name="waiting"),
    # The desk
    path("zapisz/", dates.dates, name="desk_dates"),
    path("zapisz/<uuid:person>/", dates.dates_for, name="desk_dates_for"),
    path("termin/<uuid:pk>/zapisz/", desk.book, name="desk"),
    path("termin/<uuid:pk>/zapisz/znajdz/", desk.find, name="desk_find"),
    path("termin/<uuid:pk>/zapisz/<uuid:person>/", desk.choose, name="desk_person"),
    # The door
    path("termin/<uuid:pk>/obecnosc/", door.check_in, name="check_in"),
    path("termin/<uuid:pk>/obecnosc/koniec/", door.finish, name="finish"),
    path("termin/<uuid:pk>/obecnosc/bez-zapisu/", walk_ins.walk_in, name="walk_in"),
    path(
        "termin/<uuid:pk>/obecnosc/bez-zapisu/jeszcze-jedno-miejsce/",
        walk_ins.with_one_more_place, name="walk_in_more",
    ),
    path(
        "termin/<uuid:pk>/obecnosc/<uuid:participation>/cofnij/", door.undo, name="attendance_undo"
    ),
    path(
        "termin/<uuid:pk>/obecnosc/<uuid:participation>/<slug:state>/",
        door.write_down, name="attendance",
    ),
    path("kod/", codes.typed, name="typed_code"),
    path("kod/<str:code>/", codes.code, name="code"),
    path("kod/<str:code>/<uuid:session>/", codes.check_in, name="code_check_in"),
    # Transport
    path("termin/<uuid:pk>/dowoz/", transport.requests, name="transport"),
    path("termin/<uuid:pk>/dowoz/lista.pdf", transport.for_the_driver, name="transport_sheet"),
    path("dowoz/<uuid:pk>/", transport.arrange, name="transport_arrange"),
    path("dowoz/<uuid:pk>/odmow/", transport.decline, name="transport_decline"),
    # One booking
    path("zgloszenie/<uuid:pk>/", bookings.booking, name="booking"),
    path("zgloszenie/<uuid:pk>/gotowe/", desk.done, name="desk_done"),
    path("zgloszenie/<uuid:pk>/kartka.pdf", bookings.slip, name="slip"),
    path("zgloszenie/<uuid:pk>/anuluj/", bookings.cancel, name="booking_cancel"),
    path("zgloszenie/<uuid:pk>/przenies/", bookings.move, name="booking_move"),
    path("zgloszenie/<uuid:pk>/link/", bookings.send_link, name="booking_link"),
    path("zgloszenie/<uuid:pk>/zgoda/", deciding.approve, name="booking_approve"),
    path("zgloszenie/<uuid:pk>/odmowa/", deciding.refuse, name="booking_refuse"),
    path("zgloszenie/<uuid:pk>/potwierdz/", deciding.confirm, name="booking_confirm"),
    path("zgloszenie/<uuid:pk>/dowoz/", extras.transport, name="booking_transport"),
    path("zgloszenie/<uuid:pk>/potrzeby/", extras.needs, name="booking_needs"),
    # The waiting list
    path("kolejka/<uuid:pk>/zaproponuj/", waiting.offer, name="entry_offer"),
    path("kolejka/<uuid:pk>/opusc/", waiting.leave, name="entry_leave"),
    path("propozycja/<uuid:pk>/przyjmij/", waiting.accept, name="offer_accept"),
    path("propozycja/<uuid:pk>/odrzuc/", waiting.decline, name="offer_decline"),
]  # fmt: skip
