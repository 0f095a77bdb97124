"""What a member of an organisation may reach: what is its own. Everything else is not there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from events.models import Activity, Session
from events.session_lines import lines
from portal.accounts.models import Organisation, User
from portal.my_account.views.organisations import get_membership_for


def get_organisation_for(user: User, pk: UUID) -> Organisation:
    return get_membership_for(user, pk).organisation


def get_activity_for(user: User, organisation: UUID, pk: UUID) -> Activity:
    return get_object_or_404(
        Activity.objects.select_related("organisation", "pool").with_texts(),
        pk=pk,
        organisation=get_organisation_for(user, organisation),
    )


def get_session_for(user: User, organisation: UUID, activity: UUID, pk: UUID) -> Session:
    found = get_activity_for(user, organisation, activity)
    return get_object_or_404(lines(Session.objects.filter(activity=found)), pk=pk)


def is_verified(organisation: Organisation) -> bool:
    return organisation.status == Organisation.Status.VERIFIED


def not_verified(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Nobody proposes anything, or sees who comes, before the office knows who they are."""
    return TemplateResponse(
        request,
        "events/organisations/not_verified.html",
        {"organisation": organisation},
        status=403,
    )
