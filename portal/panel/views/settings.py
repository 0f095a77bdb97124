from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.notifications.models import SenderIdentity
from portal.panel.forms import SenderForm


@requires(Permission.CHANGE_SETTINGS)
def settings(request: OwnRequest) -> HttpResponse:
    """Under which name the site writes, and where answers go."""
    form = SenderForm(request.POST or None, instance=SenderIdentity.objects.first())
    if request.method == "POST" and form.is_valid():
        _save(form, request)
        messages.success(request, _("The settings are saved."))
        return redirect("panel:settings")
    return TemplateResponse(request, "panel/settings.html", {"form": form})


@transaction.atomic
def _save(form: SenderForm, request: OwnRequest) -> None:
    form.save()
    record("settings.changed", actor=request.user.pk, fields=sorted(form.changed_data))
