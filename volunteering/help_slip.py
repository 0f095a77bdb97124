"""The slip somebody without e-mail takes home, with number, day, hours, whom to call."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Session
from events.printing.drawings import standalone
from events.printing.typesetting import pdf
from events.printing.words import day_in_words, frame, hours_of, leaf
from events.qr import qr_svg
from portal.notifications.links import absolute
from portal.places.reach import reach
from volunteering.asked import readable
from volunteering.models import HelpRequest
from volunteering.vocabulary import Kind


def help_slip_pdf(request: HelpRequest) -> bytes:
    """A5, in the language being read. Neither the link of the request nor what it is about in
    somebody's own words is on it: paper is left lying."""
    return pdf("slip", _data(request))


def _data(request: HelpRequest) -> dict[str, Any]:
    kind = str(Kind(request.kind).label)
    return {
        **frame(_("Request %(code)s: %(kind)s") % {"code": readable(request.code), "kind": kind}),
        "title": f"{kind[:1].upper()}{kind[1:]}",
        "text_language": get_language() or "pl",
        "code": readable(request.code),
        "code_label": _("Number of the request"),
        "state": _("Wait for our call: we tell you who comes."),
        "dates": [_date(request)],
        "who_label": _("For whom"),
        "who": [request.requester.full_name],
        "notes": [
            _("You no longer need help, or at another time? Call and say the number."),
            _("Nobody who helps asks for money, a card or a PIN. In danger call 112."),
        ],
        "phone_label": _("Questions? Call"),
        "phone": reach().phone,
        "qr": standalone(qr_svg(absolute(reverse("volunteering:help")))),
        "qr_label": _("More about neighbourly help"),
    }


def _date(request: HelpRequest) -> dict[str, Any]:
    # Days and hours look as those of a date that is booked.
    on = Session(starts_at=request.starts_at, ends_at=request.ends_at)
    return {
        "leaf": leaf(on),
        "day": day_in_words(on),
        "hours": hours_of(on),
        "place": [_("by telephone") if request.is_remote else request.district.name],
        "note": "",
    }
