"""Consents that somebody gives or withdraws on paper or by phone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.consents import current_text
from portal.accounts.models import ConsentPurpose
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.forms import ConsentForm
from portal.panel.refusing import refusals_told


@requires(Permission.EDIT_PEOPLE)
def record_consent(request: OwnRequest, pk: UUID, purpose: str) -> HttpResponse:
    """The words to read out or to have signed, and how they were agreed to."""
    person = person_or_404(pk)
    if purpose not in ConsentPurpose.values:
        raise Http404
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            give_consent(
                person=person,
                purpose=purpose,
                means=form.cleaned_data["means"],
                acting_user=request.user,
            )
            messages.success(request, _("The consent is written down."))
        return redirect("panel:person", person.pk)
    texts = current_text(purpose).texts
    return TemplateResponse(
        request,
        "panel/consent.html",
        {
            "form": form,
            "person": person,
            "purpose": ConsentPurpose(purpose),
            "text": texts.get(person.language) or texts.get("pl", ""),
        },
    )


@requires(Permission.EDIT_PEOPLE)
def end_consent(request: OwnRequest, pk: UUID, consent: UUID) -> HttpResponse:
    person = person_or_404(pk)
    given = get_object_or_404(person.consents.valid(), pk=consent)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/consent_withdraw.html", {"person": person, "consent": given}
        )
    with refusals_told(request):
        withdraw_consent(consent=given, acting_user=request.user)
        messages.success(request, _("The consent is withdrawn."))
    return redirect("panel:person", person.pk)
