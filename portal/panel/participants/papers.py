"""What is printed or downloaded about a date, as rows and as answers."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Participation, Session
from portal.panel.participants.lists import BOOKED, GIVEN_BACK
from tenants.formats import PhoneError, phone

Status = Participation.Status
_IN_ORDER = [*BOOKED, Status.PENDING_APPROVAL, Status.WAITING, *GIVEN_BACK]


def names(session: Session) -> list[str]:
    """For the sheet to sign: those with a place, in the order of their last names."""
    people = (
        Participation.objects.with_a_place()
        .filter(pool=session.places)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    return [str(one.person) for one in people]


def table(session: Session, *, with_needs: bool) -> list[list[str]]:
    """Everybody who is or was on the list, with headings; needs only for those who may know."""
    activity = session.activity
    people = (
        Participation.objects.filter(pool=session.places)
        .select_related("person", "booking__booker", "booking__transport")
        .prefetch_related("needs")
        .order_by("person__sort_key", "person_id")
    )
    attended = {row.participation_id: row for row in session.attendances.all()}
    rows = sorted(people, key=lambda one: _IN_ORDER.index(Status(one.status)))
    headings = [
        _("Last name"), _("First name"), _("State"), _("Booking number"), _("Booked by"),
        _("Phone"), _("E-mail"), *([_("Age")] if activity.has_ages else []), _("Presence"),
        *([_("Transport")] if activity.offers_transport else []),
        *([_("Needs")] if with_needs else []), _("Note"), _("Booked on"), _("How"),
    ]  # fmt: skip
    return [
        headings,
        *(_row(one, attended.get(one.pk), session, with_needs=with_needs) for one in rows),
    ]


def _row(
    one: Participation, attendance: Attendance | None, session: Session, *, with_needs: bool
) -> list[str]:
    person, booking, activity = one.person, one.booking, session.activity
    transport = getattr(booking, "transport", None)
    state = str(one.get_status_display())
    return [
        person.last_name,
        person.first_name,
        _("%(state)s, too late") % {"state": state} if one.is_late else state,
        booking.readable_code,
        "" if booking.booker_id == person.pk else str(booking.booker),
        _number(str(person.phone or booking.booker.phone)),
        person.email or booking.booker.email,
        *([str(one.age or "")] if activity.has_ages else []),
        str(attendance.get_state_display()) if attendance else "",
        *([str(transport.get_state_display()) if transport else ""]
          if activity.offers_transport else []),
        *([", ".join(_words(one))] if with_needs else []),
        booking.note,
        timezone.localtime(booking.created_at).strftime("%Y-%m-%d %H:%M"),
        str(booking.get_channel_display()),
    ]  # fmt: skip


def _words(one: Participation) -> Iterable[str]:
    return (str(need.get_need_display()) for need in one.needs.all())


def _number(text: str) -> str:
    """``600 100 200``: with the plus of its country in front a spreadsheet would take it for a
    sum."""
    try:
        return phone(text).display if text else ""
    except PhoneError:
        return text


def pdf_response(content: bytes, name: str) -> HttpResponse:
    return file_response(content, "application/pdf", name, is_shown=True)


def file_response(
    content: bytes | str, content_type: str, name: str, *, is_shown: bool = False
) -> HttpResponse:
    """A file; ``is_shown`` opens it in the browser, ready to be printed."""
    response = HttpResponse(content, content_type=content_type)
    how = "inline" if is_shown else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name.replace(":", "-")}"'
    return response
