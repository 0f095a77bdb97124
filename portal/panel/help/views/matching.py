"""All requests at once: a run, what it proposes, and the decisions of a human on each."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.busy import in_time
from portal.accounts.models import User
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.accounts.refusals import Refused
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.help.card import in_words
from portal.panel.help.finding import profile_or_404, proposal_or_404, request_or_404, run_or_404
from portal.panel.help.refusing import rules_told
from portal.panel.help.run_shown import lines, proposals_of, undecided_in, ways
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from volunteering.actions.confirm_proposal import confirm_proposal
from volunteering.actions.invite_volunteer import invite_volunteer
from volunteering.actions.reject_proposal import reject_proposal
from volunteering.actions.run_matching import run_matching
from volunteering.batching import HORIZON, to_match
from volunteering.matching.edges import broken_rules
from volunteering.models import MatchRun, Proposal, VolunteerProfile
from volunteering.not_chosen import why_not_chosen

NAMESAKES = 10
LATEST = 5


@require_safe
@requires(Permission.SEE_HELP)
def match(request: OwnRequest) -> HttpResponse:
    """What a run would look at."""
    found = to_match()
    return TemplateResponse(
        request,
        "panel/help/match.html",
        {
            "requests": len(found),
            "places": sum(one.people_needed for one in found),
            "volunteers": VolunteerProfile.objects.active().count(),
            "days": HORIZON.days,
            "runs": MatchRun.objects.all()[:LATEST],
        },
    )


@require_POST
@requires(Permission.RUN_HELP)
def run(request: OwnRequest) -> HttpResponse:
    made = None
    with refusals_told(request):
        made = run_matching(acting_user=request.user)
    return redirect("panel:help:run_result", made.pk) if made else redirect("panel:help:match")


@require_safe
@requires(Permission.SEE_HELP)
def run_result(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = run_or_404(pk)
    page = page_of(proposals_of(found), request)
    return TemplateResponse(
        request,
        "panel/help/run_result.html",
        {
            "run": found,
            "gap": max(found.bound - found.value, 0),
            "ways": ways(found),
            "pages": page,
            "lines": lines(page),
            "undecided": undecided_in(found),
        },
    )


@require_POST
@requires(Permission.RUN_HELP)
def confirm(request: OwnRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_or_404(pk)
    with rules_told(request):
        _confirm(proposal, request.user)
        messages.success(
            request, _("%(name)s is asked.") % {"name": proposal.profile.person.first_name}
        )
    return redirect("panel:help:run_result", proposal.run_id)


@require_POST
@requires(Permission.RUN_HELP)
def confirm_all(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Each by itself: what cannot be done any more does not keep the others from it."""
    asked_now, refused = 0, 0
    for proposal in proposals_of(run_or_404(pk)).filter(status=Proposal.Status.PROPOSED):
        try:
            _confirm(proposal, request.user)
            asked_now += 1
        except Refused:
            refused += 1
    messages.success(request, _("Volunteers asked just now: %(number)d.") % {"number": asked_now})
    if refused:
        messages.error(
            request,
            _("Not possible any more: %(number)d. Open each to see why.") % {"number": refused},
        )
    return redirect("panel:help:run_result", pk)


def _confirm(proposal: Proposal, user: User) -> None:
    """Both or neither: a volunteer who cannot be asked is not confirmed."""
    with in_time():
        confirm_proposal(proposal=proposal, acting_user=user)
        invite_volunteer(request=proposal.request, profile=proposal.profile, acting_user=user)


@require_POST
@requires(Permission.RUN_HELP)
def reject(request: OwnRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_or_404(pk)
    with refusals_told(request):
        reject_proposal(proposal=proposal, acting_user=request.user)
        messages.success(request, _("Rejected. The search goes on."))
    return redirect("panel:help:run_result", proposal.run_id)


@require_safe
@requires(Permission.SEE_HELP)
def not_chosen(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Why not somebody else: ``?q=`` finds volunteers, ``?kto=`` is one of them."""
    found, question = request_or_404(pk), asked(request)
    context = {"asked": found, "question": question, "volunteers": [], "profile": None}
    if chosen := request.GET.get("kto"):
        profile = _profile(chosen)
        context["profile"] = profile
        context["answer"] = why_not_chosen(found, profile, to_match())
        codes = broken_rules([found.pk], [profile.pk]).get((profile.pk, found.pk), [])
        context["reasons"] = in_words(codes, request.user)
    elif question:
        people = list(search_people(question).values_list("pk", flat=True))
        context["volunteers"] = (
            VolunteerProfile.objects.filter(person__in=people)
            .select_related("person", "district")
            .in_order()[:NAMESAKES]
        )
    return TemplateResponse(request, "panel/help/not_chosen.html", context)


def _profile(text: str) -> VolunteerProfile:
    """
    Raises:
        Http404: nobody, or nonsense.
    """
    try:
        return profile_or_404(UUID(text))
    except ValueError:
        raise Http404 from None
