"""Answers of somebody who calls or comes to the desk: the questions of the site, on one page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import Person
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.views.people import asked
from portal.panel.volunteers.answering import UNPROCESSABLE, sent
from portal.panel.volunteers.finding import profile_or_404
from volunteering.actions.become_volunteer import become_volunteer
from volunteering.actions.change_profile import change_profile
from volunteering.answers import Answers, answers_of
from volunteering.forms.questions import (
    AboutForm,
    AgeForm,
    AreaForm,
    ChildrenForm,
    HoursForm,
    LanguagesForm,
    QuestionForm,
    SkillsForm,
    TransportForm,
    WeekForm,
)
from volunteering.models import District, VolunteerProfile
from volunteering.refusals import TOLD, Told

SHOWN = 20
_QUESTIONS: tuple[type[QuestionForm], ...] = (
    SkillsForm, LanguagesForm, WeekForm, AreaForm, TransportForm, HoursForm, AgeForm, ChildrenForm,
    AboutForm,
)  # fmt: skip


@require_safe
@requires(Permission.EDIT_VOLUNTEERS)
def choose(request: OwnRequest) -> HttpResponse:
    """Whose card it is; ``?q=``."""
    question = asked(request)
    found = search_people(question) if question else Person.objects.none()
    return TemplateResponse(
        request,
        "panel/volunteers/choose.html",
        {
            "question": question,
            "found": found.select_related("volunteer")[:SHOWN],
            "is_open": District.objects.exists(),
        },
    )


@requires(Permission.EDIT_VOLUNTEERS)
def add(request: OwnRequest, person: UUID) -> HttpResponse:
    found = person_or_404(person)
    known = VolunteerProfile.objects.filter(person=found).select_related("district").first()
    if known is not None and known.status != VolunteerProfile.Status.ENDED:
        messages.info(request, _("%(name)s is in the list already.") % {"name": found})
        return redirect("panel:volunteers:profile", known.pk)
    if not District.objects.exists():
        return redirect("panel:volunteers:districts")
    # Whoever begins anew need not say everything again.
    forms = _forms(request, answers_of(known) if known else None)
    if request.method == "POST" and _all_valid(forms):
        try:
            profile = become_volunteer(
                person=found, answers=Answers(**_answer(forms)), acting_user=request.user
            )
        except TOLD as refusal:
            return _page(request, forms, found, None, refusal=refusal)
        messages.success(request, _("%(name)s is in the list. Admit them next.") % {"name": found})
        return redirect("panel:volunteers:profile", profile.pk)
    return _page(request, forms, found, None)


@requires(Permission.EDIT_VOLUNTEERS)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    profile = profile_or_404(pk)
    said = answers_of(profile)
    forms = _forms(request, said)
    if request.method == "POST" and _all_valid(forms):
        if changes := _changes(forms, said):
            change_profile(profile=profile, changes=changes, acting_user=request.user)
        messages.success(request, _("The answers are saved."))
        return redirect("panel:volunteers:profile", pk)
    return _page(request, forms, profile.person, profile)


def _forms(request: OwnRequest, said: Answers | None) -> list[QuestionForm]:
    """``said``: the answers to begin with."""
    return [
        question(sent(request), initial=question.initial_of(said) if said else None)
        for question in _QUESTIONS
    ]


def _all_valid(forms: list[QuestionForm]) -> bool:
    """Every one is asked, so that everything that is wrong is said at once."""
    return not [form for form in forms if not form.is_valid()]


def _answer(forms: list[QuestionForm]) -> dict[str, Any]:
    return {name: value for form in forms for name, value in form.answer.items()}


def _changes(forms: list[QuestionForm], said: Answers) -> Mapping[str, Any]:
    """What is new; times outside of the grid stay as long as its boxes do."""
    answered = _answer([form for form in forms if form.has_changed()])
    return {name: value for name, value in answered.items() if value != getattr(said, name)}


def _page(
    request: OwnRequest,
    forms: list[QuestionForm],
    person: Person,
    profile: VolunteerProfile | None,
    refusal: Told | None = None,
) -> HttpResponse:
    has_errors = any(form.errors for form in forms)
    status = refusal.status if refusal else UNPROCESSABLE if has_errors else 200
    return TemplateResponse(
        request,
        "panel/volunteers/answers.html",
        {
            "forms": forms,
            "has_errors": has_errors or refusal is not None,
            "refusal": refusal,
            "person": person,
            "profile": profile,
        },
        status=status,
    )
