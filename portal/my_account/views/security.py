from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.my_account.actions.end_other_sessions import end_other_sessions
from portal.my_account.devices import devices_of


@require_safe
@logged_in
def security(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(
        request,
        "my_account/security.html",
        {"devices": devices_of(request.user, here=request.session.session_key, now=timezone.now())},
    )


@require_POST
@logged_in
def end_others(request: OwnRequest) -> HttpResponse:
    ended = end_other_sessions(
        user=request.user, kept=request.session.session_key, acting_user=request.user
    )
    messages.success(
        request,
        ngettext(
            "Logged out on %(number)s other device.",
            "Logged out on %(number)s other devices.",
            ended,
        )
        % {"number": ended},
    )
    return redirect("my_account:security")
