"""Who is kept apart, and the tasks that two of them still have together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from volunteering.actions.remove_block import remove_block
from volunteering.safety import blocks_open_to, tasks_to_part


@require_safe
@requires(Permission.SEE_HELP_CONTACTS)
def blocks(request: OwnRequest) -> HttpResponse:
    record("block.listed", actor=request.user.pk)
    pages = page_of(blocks_open_to(request.user).order_by("-created_at", "id"), request)
    users = {block.recorded_by for block in pages if block.recorded_by}
    names = {
        user.pk: str(user.person)
        for user in User.objects.filter(pk__in=users).select_related("person")
    }
    return TemplateResponse(
        request,
        "panel/safety/blocks.html",
        {
            "pages": pages,
            "rows": [
                (block, block.recorded_by and names.get(block.recorded_by)) for block in pages
            ],
            "tasks": tasks_to_part(request.user),
        },
    )


@requires(Permission.SEE_HELP_CONTACTS)
def remove(request: OwnRequest, pk: UUID) -> HttpResponse:
    block = get_object_or_404(blocks_open_to(request.user), pk=pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/safety/block_remove.html", {"block": block})
    remove_block(block=block, acting_user=request.user)
    messages.success(request, _("They may be brought together again."))
    return redirect("panel:safety:blocks")
