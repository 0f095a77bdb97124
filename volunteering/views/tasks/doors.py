"""Two doors to a task: the volunteer who is logged in, and the volunteer who came by the link of
the invitation, perhaps without any login. Behind both is the same room."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import User
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.apart import are_apart
from volunteering.invitation_links import invitation_for
from volunteering.models import Assignment, Invitation
from volunteering.models.task import AssignmentQuerySet
from volunteering.refusals import TOLD, LinkExpired
from volunteering.task_shown import ShownTask, with_everything
from volunteering.views.refusing import refused


@dataclass(frozen=True)
class Door:
    """
    Attributes:
        token: of the link; "" of whoever is logged in.
        user: who acts; None of whoever came by a link and is nobody else here.
    """

    task: Assignment
    user: User | None
    token: str = ""

    @property
    def page(self) -> str:
        return self.way("")

    def way(self, name: str) -> str:
        """The address of ``name``, one of the names in ``tasks/urls.py``; "" is the task's page."""
        if not self.token:
            return reverse(f"my_volunteering:task{name and '_'}{name}", args=[self.task.pk])
        invitation = f"volunteering:invitation{name and '_'}{name}"
        return reverse(invitation, args=[self.task.invitation_id, self.token])

    @property
    def contact(self) -> str:
        return self.way("contact")

    @property
    def contact_withdraw(self) -> str:
        return self.way("contact_withdraw")

    @property
    def write(self) -> str:
        return self.way("write")

    @property
    def give_back(self) -> str:
        return self.way("give_back")

    @property
    def hours(self) -> str:
        return self.way("hours")

    @property
    def ics(self) -> str:
        return self.way("ics")

    @property
    def report(self) -> str:
        if self.token:
            return self.way("report")
        return reverse("volunteering:report", args=[self.task.pk])

    @cached_property
    def shown(self) -> ShownTask:
        return ShownTask(self.task)


TaskView = Callable[[HttpRequest, Door], HttpResponseBase]
InvitationView = Callable[[HttpRequest, Invitation, str], HttpResponseBase]


def tasks_of(user: User) -> AssignmentQuerySet:
    people = everybody_who_is(user.person)
    return with_everything(Assignment.objects.filter(profile__person__in=people))


def own_task(view: TaskView) -> Callable[..., HttpResponseBase]:
    """Of the volunteer who is logged in."""

    @logged_in
    @wraps(view)
    def wrapped(request: OwnRequest, /, pk: UUID) -> HttpResponseBase:
        task = get_object_or_404(tasks_of(request.user), pk=pk)
        return _opened(view, request, Door(task, request.user))

    return wrapped


def of_invitation(view: InvitationView) -> Callable[..., HttpResponseBase]:
    """Of whoever opened the link. One that leads nowhere, and one between two people who are kept
    apart, look the same."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, pk: UUID, token: str) -> HttpResponseBase:
        try:
            invitation = invitation_for(pk, token)
        except LinkExpired:
            return not_here(request)
        if _is_hidden(invitation):
            return not_here(request)
        try:
            return view(request, invitation, token)
        except TOLD as refusal:
            return refused(request, refusal, back=_page_of(invitation, token))

    return wrapped


def task_of_invitation(view: TaskView) -> Callable[..., HttpResponseBase]:
    """Of whoever said yes and opened the link again; of the others, their invitation."""

    @of_invitation
    def wrapped(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponseBase:
        door = door_of(request, invitation, token)
        if door is None:
            return redirect(_page_of(invitation, token))
        return _opened(view, request, door)

    return wraps(view)(wrapped)


def door_of(request: HttpRequest, invitation: Invitation, token: str) -> Door | None:
    """The task that came of an invitation, if one did."""
    task = with_everything(Assignment.objects.filter(invitation=invitation)).first()
    return Door(task, user_of(request), token) if task else None


def user_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def not_here(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "volunteering/invitations/not_here.html", status=404)


def _opened(view: TaskView, request: HttpRequest, door: Door) -> HttpResponseBase:
    try:
        return view(request, door)
    except TOLD as refusal:
        return refused(request, refusal, back=door.page)


def _is_hidden(invitation: Invitation) -> bool:
    if invitation.status == Invitation.Status.PLANNED:
        return True
    return invitation.status == Invitation.Status.SENT and are_apart(
        invitation.profile, invitation.request
    )


def _page_of(invitation: Invitation, token: str) -> str:
    return reverse("volunteering:invitation", args=[invitation.pk, token])
