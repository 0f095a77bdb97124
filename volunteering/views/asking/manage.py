"""The page behind the link of a request for help. To look at it changes nothing: programs that
read mail open links by themselves."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.messaging.links import path_for
from volunteering.actions.cancel_request import cancel_request
from volunteering.actions.finish_task import finish_task
from volunteering.actions.mark_no_show import mark_no_show
from volunteering.actions.open_task_conversation import open_task_conversation
from volunteering.actions.share_contact import share_contact
from volunteering.actions.withdraw_contact import withdraw_contact
from volunteering.contact import ContactChoice
from volunteering.forms.sharing import SharingForm
from volunteering.models import ContactConsent, HelpRequest
from volunteering.refusals import AlreadyChanged
from volunteering.request_links import request_path
from volunteering.views.asking.managed import Managed, of_link, user_of

# What was just done, said once on the page that follows.
_DONE: dict[str, Promise] = {
    "pokazane": gettext_lazy("Saved. The volunteer sees it once both of you have chosen."),
    "ukryte": gettext_lazy("The volunteer no longer sees your contact data."),
    "odwolane": gettext_lazy("Called off. Everybody who was asked has been told."),
    "zrobione": gettext_lazy("Thank you! We are glad that it worked out."),
    "nikt": gettext_lazy("Thank you for telling us, and we are sorry. The office looks into it."),
}


@require_safe
@of_link
def manage(request: HttpRequest, asked: HelpRequest) -> HttpResponse:
    managed = Managed(asked)
    return TemplateResponse(
        request,
        "volunteering/asking/manage.html",
        {
            "managed": managed,
            "asked": asked,
            "link": managed.link,
            "just_done": _DONE.get(request.GET.get("zrobione", "")),
        },
    )


@of_link
def cancel(request: HttpRequest, asked: HelpRequest) -> HttpResponseBase:
    """Asks first: whoever has said yes is told at once."""
    managed = Managed(asked)
    if not managed.can_call_off:
        return redirect(request_path(asked))
    if request.method == "POST":
        cancel_request(request=asked, acting_user=user_of(request), by_requester=True)
        return _back(asked, "odwolane")
    return _page(request, managed, "cancel")


@of_link
def share(request: HttpRequest, asked: HelpRequest, pk: UUID) -> HttpResponseBase:
    """What the volunteer may see; nothing is ticked before somebody ticks it."""
    managed = Managed(asked)
    helper = managed.helper(pk)
    if not helper.may_share:
        raise AlreadyChanged
    form = SharingForm(
        request.POST if request.method == "POST" else None,
        consent=helper.consent,
        speaks_for_them=managed.speaks_for_them,
    )
    if request.method == "POST" and form.is_valid():
        share_contact(
            assignment=helper.task,
            side=ContactConsent.Side.REQUESTER,
            shows=ContactChoice(**form.cleaned_data),
            means=ContactConsent.Means.ONLINE,
            acting_user=user_of(request),
        )
        return _back(asked, "pokazane")
    return _page(request, managed, "share", form=form, helper=helper)


@require_POST
@of_link
def hide(request: HttpRequest, asked: HelpRequest, pk: UUID) -> HttpResponseBase:
    helper = Managed(asked).helper(pk)
    withdraw_contact(
        assignment=helper.task, side=ContactConsent.Side.REQUESTER, acting_user=user_of(request)
    )
    return _back(asked, "ukryte")


@require_POST
@of_link
def write(request: HttpRequest, asked: HelpRequest, pk: UUID) -> HttpResponse:
    """To the volunteer, once both have agreed; the conversation hides numbers and addresses."""
    helper, user = Managed(asked).helper(pk), user_of(request)
    place = open_task_conversation(
        assignment=helper.task, side=ContactConsent.Side.REQUESTER, acting_user=user
    )
    return redirect(path_for(place, user))


@require_POST
@of_link
def done(request: HttpRequest, asked: HelpRequest, pk: UUID) -> HttpResponseBase:
    helper = Managed(asked).helper(pk)
    if not helper.has_ended:
        raise AlreadyChanged
    finish_task(assignment=helper.task, acting_user=user_of(request))
    return _back(asked, "zrobione")


@of_link
def nobody_came(request: HttpRequest, asked: HelpRequest, pk: UUID) -> HttpResponseBase:
    """Asks first: it is a serious thing to say of somebody."""
    managed = Managed(asked)
    helper = managed.helper(pk)
    if not helper.has_ended:
        raise AlreadyChanged
    if request.method == "POST":
        mark_no_show(assignment=helper.task, acting_user=user_of(request))
        return _back(asked, "nikt")
    if not helper.waits_for_word:
        return redirect(request_path(asked))
    return _page(request, managed, "nobody_came", helper=helper)


def _back(asked: HelpRequest, done: str) -> HttpResponse:
    return redirect(f"{request_path(asked)}?zrobione={done}")


def _page(request: HttpRequest, managed: Managed, template: str, **context: object) -> HttpResponse:
    return TemplateResponse(
        request,
        f"volunteering/asking/{template}.html",
        {
            "managed": managed,
            "asked": managed.request,
            "back": request_path(managed.request),
            **context,
        },
    )
