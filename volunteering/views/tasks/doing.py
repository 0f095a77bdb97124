"""One task: what it is, and what the volunteer does about it; both doors lead to every view."""

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.calendars import CONTENT_TYPE
from portal.messaging.links import path_for
from volunteering.actions.finish_task import finish_task
from volunteering.actions.give_shift_back import give_shift_back
from volunteering.actions.give_task_back import give_task_back
from volunteering.actions.log_hours import log_hours
from volunteering.actions.open_task_conversation import open_task_conversation
from volunteering.actions.share_contact import share_contact
from volunteering.actions.withdraw_contact import withdraw_contact
from volunteering.forms.tasks import ContactForm, HoursForm
from volunteering.models import Assignment, ContactConsent
from volunteering.task_calendar import CALENDAR_NAME, task_calendar
from volunteering.views.tasks.doors import Door

# What was just done, said once on the page that follows; the link has no session to keep it in.
DONE: dict[str, Promise] = {
    "tak": _("Thank you for saying yes!"),
    "kontakt": _("Saved. Once the other person agrees too, you both see what each of you chose."),
    "ukryte": _("Your data are hidden again."),
    "oddane": _("Thank you for telling us. We are looking for somebody else."),
    "godziny": _("Thank you for your time! The office confirms the hours."),
}


@require_safe
def task(request: HttpRequest, door: Door) -> HttpResponse:
    shown = door.shown
    return TemplateResponse(
        request,
        "volunteering/tasks/task.html",
        {
            "door": door,
            "shown": shown,
            "task": shown.task,
            "just_done": DONE.get(request.GET.get("zrobione", "")),
            "contact_form": ContactForm(person=shown.task.profile.person),
            "is_logged_in": not door.token,
        },
    )


@require_safe
def ics(request: HttpRequest, door: Door) -> HttpResponse:
    response = HttpResponse(task_calendar(door.task, door.page), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{CALENDAR_NAME}"'
    return response


def contact(request: HttpRequest, door: Door) -> HttpResponse:
    """What the other side may see; nothing is seen until both have said something."""
    if request.method != "POST" or door.shown.is_shift:
        return redirect(door.page)
    form = ContactForm(request.POST, person=door.task.profile.person)
    form.full_clean()
    share_contact(
        assignment=door.task,
        side=ContactConsent.Side.VOLUNTEER,
        shows=form.choice,
        means=ContactConsent.Means.ONLINE,
        acting_user=door.user,
    )
    return _back_to(door, "kontakt")


def hide_contact(request: HttpRequest, door: Door) -> HttpResponse:
    if request.method != "POST" or door.shown.is_shift:
        return redirect(door.page)
    withdraw_contact(
        assignment=door.task, side=ContactConsent.Side.VOLUNTEER, acting_user=door.user
    )
    return _back_to(door, "ukryte")


def write(request: HttpRequest, door: Door) -> HttpResponse:
    """To whoever asked, once both have agreed; the conversation hides numbers and addresses."""
    if request.method != "POST" or door.shown.is_shift:
        return redirect(door.page)
    place = open_task_conversation(
        assignment=door.task, side=ContactConsent.Side.VOLUNTEER, acting_user=door.user
    )
    return redirect(path_for(place, door.user))


def give_back(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Asks first: somebody else is asked at once."""
    if request.method != "POST":
        if not door.shown.can_give_back:
            return redirect(door.page)
        return _ask(request, door, "volunteering/tasks/give_back.html")
    if not door.shown.is_shift:
        give_task_back(assignment=door.task, acting_user=door.user)
    elif door.user is not None:
        give_shift_back(assignment=door.task, acting_user=door.user)
    return _back_to(door, "oddane")


def hours(request: HttpRequest, door: Door) -> HttpResponseBase:
    """It is done, and took so long; written once."""
    if not door.shown.can_log_hours:
        return redirect(door.page)
    times = door.shown.times
    planned = HoursForm.initial_of(times.ends_at - times.starts_at)
    form = HoursForm(request.POST or None, initial=planned)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if door.task.status not in Assignment.HAPPENED:
                finish_task(assignment=door.task, acting_user=door.user)
                door.task.refresh_from_db()
            log_hours(
                assignment=door.task,
                minutes=form.total,
                note=form.cleaned_data["note"],
                acting_user=door.user,
            )
        return _back_to(door, "godziny")
    return _ask(request, door, "volunteering/tasks/log_hours.html", {"form": form})


def _back_to(door: Door, done: str) -> HttpResponse:
    return redirect(f"{door.page}?zrobione={done}")


def _ask(
    request: HttpRequest, door: Door, template: str, more: Mapping[str, object] | None = None
) -> HttpResponse:
    context = {"door": door, "shown": door.shown, "back": door.page, **(more or {})}
    form = context.get("form")
    return TemplateResponse(
        request, template, context, status=422 if getattr(form, "errors", None) else 200
    )
