from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission, may
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.blocks import waiting_for
from portal.panel.plan import plan_of_today
from portal.panel.since_yesterday import since_yesterday
from volunteering.safety import is_reader


@require_safe
@requires(Permission.ENTER_PANEL)
def today(request: OwnRequest) -> HttpResponse:
    """What needs attention, in order.

    An open page asks again with ``?mam=``, the mark of what it shows: it is answered with what is
    shown now, or, where that is the same, with nothing.
    """
    shown = _shown(request)
    if "HX-Request" not in request.headers:
        facts = {"today": timezone.localdate(), "reads_reports": is_reader(request.user)}
        return TemplateResponse(request, "panel/today.html", {**facts, **shown})
    if request.GET.get("mam") == shown["mark"]:
        return HttpResponse(status=204)
    return TemplateResponse(request, "panel/partials/_today_newer.html", shown)


def _shown(request: OwnRequest) -> dict[str, Any]:
    waiting = waiting_for(request.user)
    facts = {
        "waiting": waiting,
        "plan": plan_of_today() if may(request.user, Permission.RUN_EVENTS) else None,
        "numbers": since_yesterday(request.user, waiting),
    }
    attention = render_to_string("panel/partials/_attention.html", facts, request)
    plan = render_to_string("panel/partials/_plan.html", facts, request) if facts["plan"] else ""
    mark = sha256(f"{attention}{plan}".encode()).hexdigest()[:16]
    return {**facts, "attention": attention, "plan_of_today": plan, "mark": mark}
