"""Who lives with whom, and who acts for whom."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.add_guardian import add_guardian
from portal.accounts.actions.leave_household import leave_household
from portal.accounts.actions.remove_guardian import remove_guardian
from portal.accounts.actions.share_household import share_household
from portal.accounts.models import Guardianship, Person
from portal.accounts.models.person import PersonQuerySet
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.forms import GuardianForm
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked

SHOWN = 20


def _found(question: str, person: Person) -> PersonQuerySet:
    """People to choose from, for something that takes two."""
    if not question:
        return Person.objects.none()
    return search_people(question).exclude(pk=person.pk)[:SHOWN]


@require_safe
@requires(Permission.EDIT_PEOPLE)
def choose_housemate(request: OwnRequest, pk: UUID) -> HttpResponse:
    person, question = person_or_404(pk), asked(request)
    return TemplateResponse(
        request,
        "panel/choose_housemate.html",
        {"person": person, "question": question, "found": _found(question, person)},
    )


@require_POST
@requires(Permission.EDIT_PEOPLE)
def add_housemate(request: OwnRequest, pk: UUID, other: UUID) -> HttpResponse:
    person, housemate = person_or_404(pk), person_or_404(other)
    with refusals_told(request):
        share_household(person=person, other=housemate, acting_user=request.user)
        messages.success(
            request,
            _("%(person)s and %(other)s share a household.")
            % {"person": person, "other": housemate},
        )
    return redirect("panel:person", person.pk)


@requires(Permission.EDIT_PEOPLE)
def leave(request: OwnRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/leave_household.html", {"person": person})
    with refusals_told(request):
        leave_household(person=person, acting_user=request.user)
        messages.success(request, _("%(name)s is in no household now.") % {"name": person})
    return redirect("panel:person", person.pk)


@require_safe
@requires(Permission.EDIT_PEOPLE)
def choose_guardian(request: OwnRequest, pk: UUID) -> HttpResponse:
    person, question = person_or_404(pk), asked(request)
    return TemplateResponse(
        request,
        "panel/choose_guardian.html",
        {"person": person, "question": question, "found": _found(question, person)},
    )


@requires(Permission.EDIT_PEOPLE)
def new_guardian(request: OwnRequest, pk: UUID, other: UUID) -> HttpResponse:
    """As what the other person acts for this one."""
    ward, guardian = person_or_404(pk), person_or_404(other)
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            add_guardian(
                ward=ward,
                guardian=guardian,
                kind=form.cleaned_data["kind"],
                acting_user=request.user,
            )
            messages.success(
                request,
                _("%(guardian)s now acts for %(ward)s.") % {"guardian": guardian, "ward": ward},
            )
        return redirect("panel:person", ward.pk)
    return TemplateResponse(
        request, "panel/guardian.html", {"form": form, "person": ward, "guardian": guardian}
    )


@requires(Permission.EDIT_PEOPLE)
def dismiss_guardian(request: OwnRequest, pk: UUID, guardianship: UUID) -> HttpResponse:
    ward = person_or_404(pk)
    row = get_object_or_404(
        Guardianship.objects.select_related("guardian"), pk=guardianship, ward=ward
    )
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/remove_guardian.html", {"person": ward, "guardianship": row}
        )
    with refusals_told(request):
        remove_guardian(guardianship=row, acting_user=request.user)
        messages.success(
            request,
            _("%(guardian)s no longer acts for %(ward)s.")
            % {"guardian": row.guardian, "ward": ward},
        )
    return redirect("panel:person", ward.pk)
