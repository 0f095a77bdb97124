"""Asking one volunteer by hand, what they answer by telephone, and why somebody is not asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.help.card import in_words
from portal.panel.help.finding import invitation_or_404, profile_or_404, request_or_404
from portal.panel.help.refusing import rules_told
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from volunteering.actions.accept_invitation import accept_invitation
from volunteering.actions.decline_invitation import decline_invitation
from volunteering.actions.invite_volunteer import MODERATION, invite_volunteer
from volunteering.matching.edges import broken_rules
from volunteering.models import VolunteerProfile

# Volunteers a name may mean.
NAMESAKES = 10


@requires(Permission.RUN_HELP)
def invite(request: OwnRequest, pk: UUID, profile: UUID) -> HttpResponse:
    """Asks once more where the volunteer was asked often lately; ``overrides`` says that it is
    meant."""
    found, volunteer = request_or_404(pk), profile_or_404(profile)
    if request.method == "POST":
        with rules_told(request):
            invite_volunteer(
                request=found, profile=volunteer, acting_user=request.user,
                overrides=request.POST.get("overrides") == "yes",
            )  # fmt: skip
            messages.success(
                request, _("%(name)s is asked.") % {"name": volunteer.person.first_name}
            )
        return redirect("panel:help:request", pk)
    codes = broken_rules([found.pk], [volunteer.pk]).get((volunteer.pk, found.pk), [])
    return TemplateResponse(
        request,
        "panel/help/invite.html",
        {
            "asked": found,
            "profile": volunteer,
            "reasons": in_words([code for code in codes if code != MODERATION], request.user),
            "is_asked_often": MODERATION in codes,
        },
    )


@require_safe
@requires(Permission.SEE_HELP)
def why_not(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?q=`` a name: every rule that stands in the way, for each volunteer who fits."""
    found, question = request_or_404(pk), asked(request)
    people = search_people(question) if question else None
    volunteers = (
        list(
            VolunteerProfile.objects.filter(person__in=list(people.values_list("pk", flat=True)))
            .select_related("person", "district")
            .in_order()[:NAMESAKES]
        )
        if people is not None
        else []
    )
    broken = broken_rules([found.pk], [one.pk for one in volunteers]) if volunteers else {}
    rows = [
        (one, codes, in_words(codes, request.user))
        for one in volunteers
        for codes in [broken.get((one.pk, found.pk), [])]
    ]
    return TemplateResponse(
        request,
        "panel/help/why_not.html",
        {
            "asked": found,
            "question": question,
            "rows": [
                {
                    "profile": one,
                    "reasons": reasons,
                    "can_be_asked": not set(codes) - {MODERATION},
                }
                for one, codes, reasons in rows
            ],
        },
    )


@require_POST
@requires(Permission.RUN_HELP)
def accepted(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Somebody said yes on the telephone."""
    invitation = invitation_or_404(pk)
    with refusals_told(request):
        accept_invitation(invitation=invitation, acting_user=request.user)
        messages.success(
            request, _("%(name)s will help.") % {"name": invitation.profile.person.first_name}
        )
    return redirect("panel:help:request", invitation.request_id)


@require_POST
@requires(Permission.RUN_HELP)
def declined(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Somebody said no on the telephone; nobody asks why."""
    invitation = invitation_or_404(pk)
    with refusals_told(request):
        decline_invitation(invitation=invitation, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s cannot help this time.") % {"name": invitation.profile.person.first_name},
        )
    return redirect("panel:help:request", invitation.request_id)
