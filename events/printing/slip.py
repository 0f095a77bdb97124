"""The slip somebody without e-mail takes home: number, day, place, who comes, whom to call."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.availability import cancel_until
from events.models import Booking, Participation, Session, TransportRequest
from events.occasions import Occasion, occasion_of
from events.printing.drawings import standalone
from events.printing.typesetting import pdf
from events.printing.words import day_in_words, frame, hours_of, leaf, phone_of, where
from events.qr import qr_svg
from portal.notifications.links import absolute
from tenants.formats import moment


def slip_pdf(booking: Booking) -> bytes:
    """A5, in the language being read. The link of the booking is not on it: paper is left lying."""
    return pdf("slip", slip_data(booking))


def slip_data(booking: Booking) -> dict[str, Any]:
    occasion = occasion_of(booking.pool)
    activity = occasion.activity
    people = list(
        booking.participations.active().select_related("person").order_by("ordinal", "id")
    )
    phone = phone_of(activity)
    return {
        **frame(
            _("Booking %(code)s: %(title)s")
            % {"code": booking.readable_code, "title": activity.title},
            project=activity.project,
        ),
        "title": activity.title,
        "text_language": activity.text.language if activity.text else "pl",
        "code": booking.readable_code,
        "code_label": _("Booking number"),
        "state": _state(occasion, people),
        "dates": [_date(session) for session in occasion.sessions or (occasion.first,)],
        "who_label": _("Who comes"),
        "who": [each.person.full_name for each in people],
        "notes": [*_transport(booking), *_giving_back(occasion, people)],
        "phone_label": _("Questions? Call"),
        "phone": phone,
        "qr": standalone(qr_svg(_code_page(booking))),
        "qr_label": _("For the staff at the entrance"),
    }


def _code_page(booking: Booking) -> str:
    """Where staff write down who came; in the language the panel speaks."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(reverse("panel:participants:code", args=[booking.code]))


def _state(occasion: Occasion, people: list[Participation]) -> str:
    """What must be known before coming; nothing when the place is theirs."""
    statuses = {each.status for each in people}
    if occasion.is_cancelled:
        return _("This has been cancelled.")
    if not people:
        return _("This booking has been given back.")
    if Participation.Status.WAITING in statuses:
        return _("You are on the waiting list. We will tell you when a place is free.")
    if Participation.Status.UNVERIFIED in statuses:
        return _("Please confirm the booking by the link we sent you.")
    if Participation.Status.PENDING_APPROVAL in statuses:
        return _("The office will confirm the booking.")
    return ""


def _date(session: Session) -> dict[str, Any]:
    return {
        "leaf": leaf(session),
        "day": day_in_words(session),
        "hours": hours_of(session),
        "place": where(session),
        "note": session.note,
    }


def _transport(booking: Booking) -> list[str]:
    request = TransportRequest.objects.filter(booking=booking).first()
    if request is None:
        return []
    if request.state == TransportRequest.State.DECLINED:
        return [_("We cannot drive you this time.")]
    if request.state == TransportRequest.State.REQUESTED:
        return [_("You asked for transport. We will tell you whether we can help.")]
    if request.pickup_at is None:
        return [_("We will drive you.")]
    return [
        _("We will pick you up at %(time)s: %(address)s.")
        % {
            "time": f"{request.pickup_at.hour}:{request.pickup_at:%M}",
            "address": f"{request.street}, {request.city}",
        }
    ]


def _giving_back(occasion: Occasion, people: list[Participation]) -> list[str]:
    until = cancel_until(occasion.activity, occasion.first.starts_at)
    has_place = any(each.status in Participation.WITH_A_PLACE for each in people)
    if not has_place or occasion.is_cancelled or until <= timezone.now():
        return []
    return [
        _("You cannot come? Tell us by %(when)s: somebody else is waiting for the place.")
        % {"when": moment(until)}
    ]
