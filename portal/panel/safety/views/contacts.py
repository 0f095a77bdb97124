"""Who reads reports of danger: the director names two."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.refusing import refusals_told
from portal.panel.safety.forms import ContactsForm
from volunteering.actions.choose_safety_contacts import choose_safety_contacts
from volunteering.models import SafetyContact


@requires(Permission.MANAGE_TEAM)
def contacts(request: OwnRequest) -> HttpResponse:
    named = {one.place: one.user_id for one in SafetyContact.objects.all()}
    form = ContactsForm(
        request.POST or None, initial={"first": named.get(1), "second": named.get(2)}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            choose_safety_contacts(
                users=[form.cleaned_data["first"], form.cleaned_data["second"]],
                acting_user=request.user,
            )
            messages.success(request, _("These two read reports of danger from now on."))
        return redirect("panel:safety:contacts")
    return TemplateResponse(
        request,
        "panel/safety/contacts.html",
        {"form": form, "are_named": len(named) == 2},
        status=422 if form.errors else 200,
    )
