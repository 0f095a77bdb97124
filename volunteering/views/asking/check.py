"""The last question: is all of it right. Its button sends the request; then what happens next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.message_words import full_day, when
from events.views.booking.answered import contact_words
from tenants.formats import hours
from volunteering.actions.ask_for_help import ask_for_help
from volunteering.asked import readable
from volunteering.models import HelpRequest
from volunteering.refusals import TOLD
from volunteering.views.asking.drafts import draft_of, keep
from volunteering.views.asking.journey import (
    CHECK,
    CONTACT,
    DAY,
    DETAILS,
    FOR_WHOM,
    HELPED,
    HOURS,
    KIND,
    LANGUAGE,
    NAME,
    PLACE,
    Journey,
)
from volunteering.views.asking.refusing import refused
from volunteering.views.asking.steps import journey_of, of_open_draft
from volunteering.vocabulary import Language

_CONFIRMED = (FOR_WHOM, HELPED, NAME, CONTACT)


@dataclass(frozen=True, slots=True)
class Line:
    """
    Attributes:
        url: where to correct it; "" where it is not asked.
    """

    label: str
    words: str
    url: str = ""


@of_open_draft
def check(request: HttpRequest, journey: Journey) -> HttpResponseBase:
    if journey.next != CHECK:
        return redirect(journey.url(journey.next))
    if request.method != "POST":
        return _page(request, journey)
    user = request.user if request.user.is_authenticated else None
    try:
        asked = ask_for_help(order=journey.order, acting_user=user)
    except ValidationError as contradiction:
        return _page(request, journey, problems=contradiction.messages)
    except TOLD as refusal:
        return refused(request, refusal, back=journey.url(DAY))
    journey.draft.sent = asked.pk
    # The confirmation says who and how; the rest, perhaps of somebody's health, is kept no longer.
    answers = journey.draft.answers
    journey.draft.answers = {step: answers[step] for step in _CONFIRMED if step in answers}
    keep(request, journey.draft)
    return redirect("volunteering:asked")


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponseBase:
    """The confirmation. Its words are those of the form, whoever we know; the link to the request
    is not on it: that goes to the contact we know."""
    draft = draft_of(request)
    if draft is None or draft.sent is None:
        return redirect("volunteering:ask")
    found = HelpRequest.objects.filter(pk=draft.sent).first()
    if found is None:
        return redirect("volunteering:help")
    journey = journey_of(request, draft)
    reached = journey.me or journey.contact
    return TemplateResponse(
        request,
        "volunteering/asking/asked.html",
        {
            "code": readable(found.code),
            "kind": found.get_kind_display(),
            "when": when(found.starts_at, found.ends_at),
            "helped": journey.helped,
            "contact": contact_words(reached) if reached else "",
            "channel": reached.channel if reached else "",
        },
    )


def _page(request: HttpRequest, journey: Journey, problems: Sequence[str] = ()) -> HttpResponse:
    return TemplateResponse(
        request,
        "volunteering/asking/check.html",
        {
            "journey": journey,
            "lines": _lines(journey),
            "problems": problems,
            "number": journey.number_of(CHECK),
            "total": journey.total,
            "back": journey.before(CHECK),
        },
        status=422 if problems else 200,
    )


def _lines(journey: Journey) -> list[Line]:
    def line(label: str, words: str, step: str) -> Line:
        return Line(label, words, journey.url(step) if step in journey.steps else "")

    helped, contact = journey.helped, journey.contact
    name = f"{contact.first_name} {contact.last_name}" if contact else str(journey.me)
    reached = journey.me or contact
    starts_at, _ends_at = journey.times
    clock = (timezone.localtime(moment).time() for moment in journey.times)
    whom = _("somebody else") if helped else _("myself")
    lines = [
        line(_("For whom"), whom, FOR_WHOM),
        line(_("What"), str(journey.kind.label), KIND),
        line(_("Day"), full_day(starts_at), DAY),
        line(_("Hours"), hours(*clock), HOURS),
        line(_("Where"), journey.district.name, PLACE),
    ]
    if LANGUAGE in journey.steps:
        spoken = ", ".join(str(Language(one).label) for one in journey.languages)
        lines.append(line(_("Languages"), spoken, LANGUAGE))
    if helped is not None:
        words = f"{helped.first_name} {helped.last_name}"
        lines += [line(_("Who needs help"), words, HELPED), line(_("Who asks"), name, NAME)]
    else:
        lines.append(line(_("Who needs help"), name, NAME))
    if reached is not None:
        lines.append(line(_("How we let you know"), contact_words(reached), CONTACT))
    lines.append(line(_("What we should know"), journey.details or _("nothing more"), DETAILS))
    return lines
