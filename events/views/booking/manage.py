"""The page behind the link of a booking. To look at it changes nothing: programs that read mail
open links by themselves."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from events.conflicts import overlapping
from events.models import Booking, Participation
from events.printing.slip import slip_pdf
from events.refusals import OpportunityIsInConflict
from events.views.booking.answered import age_words, need_words
from events.views.booking.files import calendar_file, pdf_file
from events.views.booking.managed import Managed, of_link, user_of
from portal.accounts.models import User
from portal.messaging.links import path_for
from portal.messaging.models import Participant

# What was just done, said once on the page that follows; guests have no session to keep it in.
DONE: dict[str, Promise] = {
    "zmienione": gettext_lazy("Saved."),
    "termin": gettext_lazy("You have changed the date. Your earlier places are free again."),
    "przyjete": gettext_lazy("The places are yours. See you there!"),
    "potwierdzone": gettext_lazy("Thank you, your booking is confirmed."),
    "odwolane": gettext_lazy(
        "Thank you for telling us. The free places go to whoever is first on the waiting list."
    ),
    "lista": gettext_lazy("You are no longer on the waiting list."),
}


@require_safe
@of_link
def booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    managed = Managed(booking)
    offer = managed.open_offer
    people = [(one, age_words(one.age), _needs(one)) for one in managed.everybody]
    return TemplateResponse(
        request,
        "events/booking/manage.html",
        {
            "managed": managed,
            "booking": booking,
            "facts": managed.facts,
            "link": managed.link,
            "people": people,
            "has_needs": any(needs for _one, _age, needs in people),
            "just_done": DONE.get(request.GET.get("zrobione", "")),
            "offer": offer,
            "conflict": _conflict(managed) if offer else None,
            "conversation": _conversation(managed, user_of(request)),
            "has_dates": not managed.facts.activity.is_course,
        },
    )


@require_safe
@of_link
def slip(request: HttpRequest, booking: Booking) -> HttpResponse:
    return pdf_file(slip_pdf(booking), booking)


@require_safe
@of_link
def ics(request: HttpRequest, booking: Booking) -> HttpResponse:
    return calendar_file(Managed(booking).facts)


def _needs(participation: Participation) -> list[str]:
    return need_words(need.need for need in participation.needs.all())


def _conversation(managed: Managed, user: User | None) -> str:
    """Where the booker writes with the others of the course; "" where they are in none."""
    conversation = managed.facts.activity.conversation_id
    if conversation is None:
        return ""
    places = Participant.objects.of(managed.booking.booker)
    place = places.filter(conversation=conversation).first()
    return path_for(place, user) if place else ""


def _conflict(managed: Managed) -> OpportunityIsInConflict | None:
    """Somebody of the party has a place elsewhere at that time."""
    for one in managed.active:
        busy = overlapping(one.person, managed.facts.occasion.sessions)
        if busy:
            return OpportunityIsInConflict(busy[0].activity.title)
    return None
