"""The shared inbox: whoever of the office has time answers whoever waits longest."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.messages.listing import conversations_beside


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def inbox(request: OwnRequest) -> HttpResponse:
    """``?pokaz=czekaja|wszystkie&q=``; the list alone for a page that is open and refreshes it."""
    is_part = "HX-Request" in request.headers
    template = "panel/messages/partials/_list.html" if is_part else "panel/messages/inbox.html"
    return TemplateResponse(request, template, conversations_beside(request))
