from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.consents import current_text
from portal.accounts.models import Consent, ConsentPurpose
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """One purpose: the words somebody agreed to, or those they would agree to now.

    ``lang`` is their language where it is not the reader's.
    """

    purpose: ConsentPurpose
    given: Consent | None
    words: str
    lang: str


def _asked(purpose: ConsentPurpose, given: Consent | None) -> Asked:
    texts = (given.text if given else current_text(purpose)).texts
    reader, ours = get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
    lang = reader if texts.get(reader) else ours
    return Asked(purpose, given, texts[lang], "" if lang == reader else lang)


@require_safe
@logged_in
def consents(request: OwnRequest) -> HttpResponse:
    person = request.user.person
    history = list(person.consents.select_related("text"))
    valid = {consent.purpose: consent for consent in history if consent.withdrawn_at is None}
    asked = [_asked(purpose, valid.get(purpose)) for purpose in ConsentPurpose]
    return TemplateResponse(
        request,
        "my_account/consents.html",
        {"asked": asked, "history": history, "notice": person.notice},
    )


@require_POST
@logged_in
def give(request: OwnRequest, purpose: str) -> HttpResponse:
    if purpose not in ConsentPurpose:
        raise Http404
    give_consent(
        person=request.user.person,
        purpose=ConsentPurpose(purpose),
        means=Consent.Means.ONLINE,
        acting_user=request.user,
    )
    messages.success(request, _("Thank you, your consent is written down."))
    return redirect("my_account:consents")


@require_POST
@logged_in
def withdraw(request: OwnRequest, pk: UUID) -> HttpResponse:
    consent = get_object_or_404(Consent, person=request.user.person, pk=pk)
    withdraw_consent(consent=consent, acting_user=request.user)
    messages.success(request, _("Your consent is withdrawn. It does not count from now on."))
    return redirect("my_account:consents")
