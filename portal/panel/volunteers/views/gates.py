"""What the law asks for before somebody helps: staff write down that it is there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Person
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from portal.panel.volunteers.answering import form_answer, sent
from portal.panel.volunteers.finding import (
    agreement_or_404,
    consent_or_404,
    cover_or_404,
    profile_or_404,
)
from portal.panel.volunteers.forms import (
    AgreementForm,
    CheckForm,
    CoverForm,
    EndAgreementForm,
    GuardianConsentForm,
    RefuseCheckForm,
    next_check,
)
from volunteering.actions.end_agreement import end_agreement
from volunteering.actions.record_agreement import record_agreement
from volunteering.actions.record_check import record_check
from volunteering.actions.record_cover import record_cover
from volunteering.actions.record_guardian_consent import record_guardian_consent
from volunteering.models import (
    BackgroundCheck,
    GuardianConsent,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)

SHOWN = 20
Check = BackgroundCheck.Status


def _page(profile: VolunteerProfile) -> str:
    return reverse("panel:volunteers:profile", args=[profile.pk])


@requires(Permission.EDIT_VOLUNTEERS)
def agreement(request: OwnRequest, pk: UUID) -> HttpResponse:
    profile = profile_or_404(pk)
    row = VolunteerAgreement(profile=profile)
    form = AgreementForm(sent(request), instance=row)
    return form_answer(
        request, "agreement", form,
        write=lambda: record_agreement(agreement=row, acting_user=request.user),
        done=_("The agreement is written down."), to=_page(profile), context={"profile": profile},
    )  # fmt: skip


@requires(Permission.EDIT_VOLUNTEERS)
def end(request: OwnRequest, pk: UUID) -> HttpResponse:
    row = agreement_or_404(pk)
    form = EndAgreementForm(sent(request))
    return form_answer(
        request, "agreement_end", form,
        write=lambda: end_agreement(
            agreement=row, last_on=form.cleaned_data["last_on"], acting_user=request.user
        ),
        done=_("The end of the agreement is written down."), to=_page(row.profile),
        context={"profile": row.profile, "agreement": row},
    )  # fmt: skip


@requires(Permission.EDIT_VOLUNTEERS)
def cover(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _cover(request, InsuranceCover(profile=profile_or_404(pk)), is_new=True)


@requires(Permission.EDIT_VOLUNTEERS)
def change_cover(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _cover(request, cover_or_404(pk), is_new=False)


def _cover(request: OwnRequest, row: InsuranceCover, *, is_new: bool) -> HttpResponse:
    form = CoverForm(sent(request), instance=row)
    return form_answer(
        request, "cover", form,
        write=lambda: record_cover(cover=row, acting_user=request.user),
        done=_("The insurance is written down."), to=_page(row.profile),
        context={"profile": row.profile, "is_new": is_new},
    )  # fmt: skip


@require_POST
@requires(Permission.ADMIT_VOLUNTEERS)
def request_check(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The papers were asked for; until they are there, a check that was done does not count."""
    profile = profile_or_404(pk)
    with refusals_told(request):
        record_check(profile=profile, status=Check.REQUESTED, acting_user=request.user)
    return redirect(_page(profile))


@requires(Permission.ADMIT_VOLUNTEERS)
def check(request: OwnRequest, pk: UUID) -> HttpResponse:
    profile = profile_or_404(pk)
    form = CheckForm(sent(request), initial=next_check())
    return form_answer(
        request, "check", form,
        write=lambda: record_check(
            profile=profile, status=Check.VERIFIED, acting_user=request.user, **form.cleaned_data
        ),
        done=_("The background check is written down."), to=_page(profile),
        context={"profile": profile},
    )  # fmt: skip


@requires(Permission.ADMIT_VOLUNTEERS)
def refuse_check(request: OwnRequest, pk: UUID) -> HttpResponse:
    profile = profile_or_404(pk)
    form = RefuseCheckForm(sent(request))
    return form_answer(
        request, "check_refuse", form,
        write=lambda: record_check(
            profile=profile, status=Check.REFUSED, acting_user=request.user
        ),
        done=_("%(name)s does not work with children.") % {"name": profile.person},
        to=_page(profile), context={"profile": profile},
    )  # fmt: skip


@require_safe
@requires(Permission.EDIT_VOLUNTEERS)
def choose_guardian(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Those who act for them already, or whoever fits ``?q=``."""
    profile, question = profile_or_404(pk), asked(request)
    found = search_people(question) if question else Person.objects.none()
    return TemplateResponse(
        request,
        "panel/volunteers/choose_guardian.html",
        {
            "profile": profile,
            "question": question,
            "guardians": profile.person.guardians.select_related("guardian"),
            "found": found.exclude(pk=profile.person_id)[:SHOWN],
        },
    )


@requires(Permission.EDIT_VOLUNTEERS)
def guardian_consent(request: OwnRequest, pk: UUID, guardian: UUID) -> HttpResponse:
    profile = profile_or_404(pk)
    row = GuardianConsent(profile=profile, guardian=person_or_404(guardian))
    return _consent(request, row)


@requires(Permission.EDIT_VOLUNTEERS)
def change_consent(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _consent(request, consent_or_404(pk))


def _consent(request: OwnRequest, row: GuardianConsent) -> HttpResponse:
    form = GuardianConsentForm(sent(request), instance=row)
    return form_answer(
        request, "guardian_consent", form,
        write=lambda: record_guardian_consent(consent=row, acting_user=request.user),
        done=_("The consent of %(name)s is written down.") % {"name": row.guardian},
        to=_page(row.profile), context={"profile": row.profile, "guardian": row.guardian},
    )  # fmt: skip
