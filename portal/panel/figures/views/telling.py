"""The leader of the project need not wait for the night."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.tasks import publish_figures
from tenants.binding import current_tenant


@require_POST
@requires(Permission.CHANGE_SETTINGS)
def tell_leader(request: OwnRequest) -> HttpResponse:
    if current_tenant().is_leader:
        raise Http404
    with transaction.atomic():
        publish_figures.defer()
        record("figures.told", actor=request.user.pk)
    messages.success(
        request, _("The leader of the project sees the months that are over in a few minutes.")
    )
    return redirect("panel:figures:figures")
