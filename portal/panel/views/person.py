"""The card of a person, and the changes made on it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.actions.change_person import change_person
from portal.accounts.duplicates import likely_duplicates_of
from portal.accounts.forms import PersonForm
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Consent, ConsentPurpose, Person, User
from portal.accounts.permissions import Permission, may
from portal.audit.models import AuditEntry
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.notifications.models import Delivery
from portal.panel.finding import person_or_404
from portal.panel.history import Event, told
from portal.panel.looking import VIEWED, note_opened
from portal.panel.messages_shown import shown
from portal.panel.participants.of_person import bookings_of
from portal.panel.refusing import refusals_told
from volunteering.models import VolunteerProfile

LATEST = 8


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A purpose, and the consent that is valid now, if there is one."""

    purpose: ConsentPurpose
    given: Consent | None
    earlier: list[Consent]


@require_safe
@requires(Permission.SEE_PEOPLE)
def card(request: OwnRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(pk)
    if person.pk != pk:
        messages.info(
            request,
            _("Two cards were merged; this is the one that was kept: %(name)s.") % {"name": person},
        )
        return redirect("panel:person", person.pk)
    note_opened(person, request.user)
    deliveries = person.deliveries.select_related("message").exclude(channel=Delivery.Channel.INBOX)
    return TemplateResponse(
        request,
        "panel/person.html",
        {
            "person": person,
            "household": _household(person),
            "guardians": person.guardians.select_related("guardian"),
            "wards": person.wards.select_related("ward"),
            "logins": _logins(person),
            "consents": _consents(person),
            "bookings": bookings_of(person)
            if may(request.user, Permission.SEE_PARTICIPANTS)
            else [],
            "volunteer": VolunteerProfile.objects.filter(person=person).first()
            if may(request.user, Permission.SEE_VOLUNTEERS)
            else None,
            "deliveries": [shown(delivery) for delivery in deliveries[:LATEST]],
            "former": person.former_details.all(),
            "likely": likely_duplicates_of(person),
            "looks": _looks(person) if may(request.user, Permission.SEE_AUDIT) else [],
        },
    )


def _household(person: Person) -> "QuerySet[Person] | list[Person]":
    if person.household is None:
        return []
    return person.household.people.current().exclude(pk=person.pk).in_order()


def _logins(person: Person) -> "QuerySet[User]":
    return person.logins.prefetch_related("role_grants", "memberships__organisation")


def _consents(person: Person) -> list[ConsentState]:
    rows = list(person.consents.select_related("text"))
    return [
        ConsentState(
            purpose=purpose,
            given=next((c for c in rows if c.purpose == purpose and not c.withdrawn_at), None),
            earlier=[c for c in rows if c.purpose == purpose and c.withdrawn_at],
        )
        for purpose in ConsentPurpose
    ]


def _looks(person: Person) -> list[Event]:
    ids = [one.pk for one in everybody_who_is(person)]
    return told(AuditEntry.objects.about_any(ids).filter(action=VIEWED)[:LATEST])


@requires(Permission.EDIT_PEOPLE)
def edit(request: OwnRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(pk)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            change_person(person=person_or_404(pk), changes=form.changes, acting_user=request.user)
            messages.success(request, _("The card is changed."))
        return redirect("panel:person", person.pk)
    if request.method != "POST":
        note_opened(person, request.user)
    # The form has put what was typed into its own copy; the heading keeps the name as it was.
    return TemplateResponse(
        request, "panel/person_edit.html", {"form": form, "person": person_or_404(pk)}
    )
