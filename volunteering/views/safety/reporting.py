"""Something was not right: said by the volunteer, or by whoever has the link of the request."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.refusals import Busy
from portal.accounts.limits import Limit, TooManyTries, take
from portal.accounts.models import Person, User
from volunteering.actions.report_danger import report_danger
from volunteering.forms.danger import DangerForm
from volunteering.models import Assignment, HelpRequest
from volunteering.refusals import LinkExpired
from volunteering.request_links import request_for, request_path
from volunteering.views.refusing import refused
from volunteering.views.tasks.doors import Door, user_of

# Every one of them wakes somebody.
_REPORTS_OF_ONE = Limit("reports of danger", 10, timedelta(hours=1))


def report(request: HttpRequest, door: Door) -> HttpResponseBase:
    """By the volunteer, about whom they helped; of a shift, about nobody in particular."""
    task = door.task
    form = DangerForm(request.POST or None, tasks=[task] if task.request else [])
    about = task.request.requester if task.request else None
    if form.is_valid() and _sends(task.profile.person, about, task, form, door.user):
        return redirect(f"{request.path}?wyslane=1")
    return _page(request, form, back=door.page)


@never_cache
def report_of_request(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """By whoever asked for help, about somebody who helped or was to help."""
    try:
        asked = request_for(code, token)
    except LinkExpired:
        raise Http404 from None
    form = DangerForm(request.POST or None, tasks=_tasks_of(asked))
    try:
        return _of_request(request, asked, form)
    except Busy as refusal:
        return refused(request, refusal, back=request.path)


def _of_request(request: HttpRequest, asked: HelpRequest, form: DangerForm) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        about = form.task.profile.person if form.task else None
        if _sends(asked.contact, about, form.task, form, user_of(request)):
            return redirect(f"{request.path}?wyslane=1")
    return _page(request, form, back=request_path(asked))


def _tasks_of(asked: HelpRequest) -> list[Assignment]:
    """The last one of everybody, also of those who gave it back."""
    rows = asked.assignments.select_related("profile__person", "request").order_by("created_at")
    return list({task.profile_id: task for task in rows}.values())


def _sends(
    reporter: Person,
    about: Person | None,
    task: Assignment | None,
    form: DangerForm,
    user: User | None,
) -> bool:
    """False with the reason on the form, when there were too many."""
    try:
        take(_REPORTS_OF_ONE, str(reporter.pk))
    except TooManyTries:
        form.add_error(None, _("You have written many times within an hour. Please call us."))
        return False
    report_danger(
        reporter=reporter,
        about=about,
        assignment=task,
        words=form.cleaned_data["words"],
        blocks=form.is_to_be_kept_apart,
        acting_user=user,
    )
    return True


def _page(request: HttpRequest, form: DangerForm, *, back: str) -> HttpResponse:
    was_sent = "wyslane" in request.GET and not form.is_bound
    return TemplateResponse(
        request,
        "volunteering/safety/reported.html" if was_sent else "volunteering/safety/report.html",
        {"form": form, "back": back},
        status=422 if form.errors else 200,
    )
