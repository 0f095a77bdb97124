from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.blocks import blocks_for
from volunteering.safety import is_reader


@require_safe
@requires(Permission.ENTER_PANEL)
def today(request: OwnRequest) -> HttpResponse:
    """What needs attention, in order."""
    blocks = blocks_for(request.user)
    return TemplateResponse(
        request,
        "panel/today.html",
        {
            "today": timezone.localdate(),
            "blocks": blocks,
            "reads_reports": is_reader(request.user),
            "waiting": sum(block.count for block in blocks),
        },
    )
