"""An invitation, behind the link of a message: yes or not this time. To look at it changes nothing:
programs that read mail open links by themselves."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.shown import Leaf, Times
from volunteering.actions.accept_invitation import accept_invitation
from volunteering.actions.decline_invitation import decline_invitation
from volunteering.contact import distance_band, distance_to
from volunteering.forms.tasks import ReasonForm
from volunteering.models import HelpRequest, Invitation
from volunteering.views.tasks import doing
from volunteering.views.tasks.doors import door_of, of_invitation, user_of

Status = Invitation.Status


@require_safe
@of_invitation
def invitation(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
    door = door_of(request, invitation, token)
    if door is not None:
        return doing.task(request, door)
    return _page(request, invitation, token, ReasonForm())


@of_invitation
def accept(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
    page = redirect("volunteering:invitation", invitation.pk, token)
    if request.method != "POST" or invitation.status == Status.ACCEPTED:
        return page
    accept_invitation(invitation=invitation, acting_user=user_of(request))
    return redirect(f"{page.url}?zrobione=tak")


@of_invitation
def decline(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
    page = redirect("volunteering:invitation", invitation.pk, token)
    if request.method == "POST" and invitation.status == Status.SENT:
        decline_invitation(invitation=invitation, acting_user=user_of(request))
    return page


@of_invitation
def reason(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
    """Why not, from whoever cares to say."""
    page = redirect("volunteering:invitation", invitation.pk, token)
    form = ReasonForm(request.POST or None)
    if request.method != "POST":
        return page
    if not form.is_valid():
        return _page(request, invitation, token, form)
    if invitation.status == Status.DECLINED:
        decline_invitation(
            invitation=invitation,
            reason=form.cleaned_data["reason"],
            acting_user=user_of(request),
        )
    return page


def _page(
    request: HttpRequest, invitation: Invitation, token: str, form: ReasonForm
) -> HttpResponse:
    asked = invitation.request
    times = Times(asked.starts_at, asked.ends_at)
    return TemplateResponse(
        request,
        "volunteering/invitations/invitation.html",
        {
            "invitation": invitation,
            "asked": asked,
            "token": token,
            "state": _state_of(invitation),
            "times": times,
            "leaf": Leaf(times.starts.date()),
            "distance": distance_band(distance_to(asked, invitation.profile)),
            "form": form,
            "has_said_why": bool(invitation.reason),
        },
        status=422 if form.errors else 200,
    )


def _state_of(invitation: Invitation) -> str:
    """What matters to the volunteer now: ``open``, or why it is not."""
    if invitation.status != Status.SENT:
        return str(invitation.status)
    if invitation.request.status != HelpRequest.Status.SEARCHING:
        return str(Status.WITHDRAWN)
    return "open" if invitation.expires_at > timezone.now() else str(Status.EXPIRED)
