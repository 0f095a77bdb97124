"""The poster of an activity: one A4 sheet for the notice board of a shop, a parish, a surgery."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Activity, Session
from events.printing.drawings import landscape, standalone
from events.printing.typesetting import pdf
from events.printing.words import day_in_words, frame, hours_of, leaf, phone_of, where
from events.qr import qr_svg
from events.rules_in_words import ages, fee
from portal.notifications.links import absolute
from portal.places.models import Known
from tenants.binding import current_tenant
from tenants.theme import palette

# Beside the first one, so that they can be read from a step away.
DATES_SHOWN = 6


def poster_pdf(activity: Activity) -> bytes:
    """In the language being read, of the dates still to come."""
    return pdf("poster", poster_data(activity))


def poster_data(activity: Activity) -> dict[str, Any]:
    sessions = list(
        activity.sessions.taking_place()
        .upcoming()
        .select_related("place", "room")
        .prefetch_related("place__access_facts")
        .in_order()
    )
    page = absolute(reverse("events:activity", args=[activity.slug]))
    text, call = activity.text, _call(activity)
    return {
        **frame(_("Poster: %(title)s") % {"title": activity.title}, project=activity.project),
        "land": landscape(palette(current_tenant().colour).light),
        "title": activity.title,
        "text_language": text.language if text else "pl",
        "lead": text.lead if text else "",
        "facts": _facts(activity, sessions),
        "first": _first(sessions),
        "no_date": _("The next date will be announced. Call and ask.")
        if call["phone"]
        else _("The next date will be announced."),
        "more": _more(activity, sessions),
        "call": call,
        "qr": standalone(qr_svg(page)),
        "qr_leads_to": _("QR code: %(address)s") % {"address": page},
        "scan": _("or scan") if call["phone"] else _("scan the code"),
        "address": page.partition("://")[2].rstrip("/"),
    }


def _first(sessions: list[Session]) -> dict[str, Any] | None:
    if not sessions:
        return None
    session = sessions[0]
    return {
        "leaf": leaf(session),
        "day": day_in_words(session),
        "hours": hours_of(session),
        "place": [*where(session), *_step_free(session)],
    }


def _step_free(session: Session) -> list[str]:
    """Said only when somebody has looked: unknown is never „no”, and never „yes”."""
    if session.place is None:
        return []
    known = {facts.room_id: facts.step_free for facts in session.place.access_facts.all()}
    way_into_room = known.get(session.room_id) if session.room_id else None
    if known.get(None) != Known.YES or way_into_room == Known.NO:
        return []
    return [_("entrance without steps")]


def _more(activity: Activity, sessions: list[Session]) -> dict[str, Any] | None:
    """The other dates; hours and place only where they differ from the first one's."""
    if len(sessions) < 2:
        return None
    first, others = sessions[0], sessions[1:]
    dates = []
    for session in others[:DATES_SHOWN]:
        said = [day_in_words(session)]
        if hours_of(session) != hours_of(first):
            said.append(hours_of(session))
        if session.place_id != first.place_id and session.place:
            said.append(session.place.name)
        dates.append(", ".join(said))
    left = len(others) - len(dates)
    return {
        "heading": _("The meetings that follow") if activity.is_course else _("Next dates"),
        "dates": dates,
        "left": left,
        # A full sheet shows fewer of them, so each number that may be left has its words.
        "rest": {str(number): _rest(number) for number in range(left, left + len(dates) + 1)},
    }


def _rest(number: int) -> str:
    return ngettext("and %(number)d more date", "and %(number)d more dates", number) % {
        "number": number
    }


def _facts(activity: Activity, sessions: list[Session]) -> list[str]:
    facts = [_fee(activity), *_for_whom(activity)]
    if activity.residents_only:
        facts.append(_("For residents of the gmina"))
    if any(session.has_sign_language for session in sessions):
        facts.append(_("With a sign-language interpreter (PJM)"))
    if any(session.has_captions for session in sessions):
        facts.append(_("With captions"))
    if any(session.is_easy_to_read for session in sessions):
        facts.append(_("With easy-to-read materials"))
    if activity.organisation:
        facts.append(_("Organiser: %(name)s") % {"name": activity.organisation.name})
    return facts


def _fee(activity: Activity) -> str:
    return f"{fee(activity)} ({activity.fee_note})" if activity.fee_note else fee(activity)


def _for_whom(activity: Activity) -> list[str]:
    """The ages, or else the group; nothing where everybody is meant."""
    if aged := ages(activity):
        return [capfirst(aged)]
    if activity.audience == Activity.Audience.EVERYBODY:
        return []
    return [capfirst(str(activity.get_audience_display()))]


def _call(activity: Activity) -> dict[str, Any]:
    phone = phone_of(activity)
    lines = []
    if activity.takes_bookings:
        heading = _("Call and book a place") if phone else _("Book a place on the site")
        if activity.party_limit > 1:
            lines.append(_("You can come with somebody close to you."))
    else:
        heading = _("Just come: no booking is needed")
        if phone:
            lines.append(_("Call if you have questions."))
    if activity.offers_transport:
        lines.append(_("We can help with transport."))
    return {"heading": heading, "phone": phone, "lines": lines}
