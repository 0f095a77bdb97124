"""Opening the conversation of a course."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from events.actions.open_course_conversation import open_course_conversation
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import activity_or_404
from portal.panel.refusing import refusals_told


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def talk(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    with refusals_told(request):
        conversation = open_course_conversation(activity=found, acting_user=request.user)
        return redirect("panel:messages:conversation", conversation.pk)
    return redirect("panel:events:activity", pk)
