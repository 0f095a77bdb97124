"""Forms about requests for help. They check; the actions write."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volunteering.contact import ContactChoice
from volunteering.models import HelpRequest
from volunteering.vocabulary import Language, Skill

OLDEST, MOST_PEOPLE = 99, 10


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, help_text=_("For example 9:15."),
        widget=forms.TimeInput(attrs={"class": "short", "inputmode": "numeric"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("An hour looks like this: 9:15.")},
    )  # fmt: skip


def _number(label: Any, *, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip


class TriageForm(forms.Form):
    """What the help takes."""

    priority = forms.TypedChoiceField(
        label=_("How urgent?"), choices=HelpRequest.Priority.choices, coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    starts = _time(_("From"))
    ends = _time(_("Until"))
    people_needed = _number(_("How many people?"), least=1, most=MOST_PEOPLE)
    min_age = _number(_("From what age may somebody help?"), least=13, most=OLDEST)
    needs_car = forms.BooleanField(label=_("a car is needed"), required=False)
    with_minor = forms.BooleanField(
        label=_("help for a child: only with a background check"), required=False
    )
    is_remote = forms.BooleanField(label=_("by telephone: nobody has to come"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages, one of which is enough"), choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
    )  # fmt: skip
    required_skills = forms.MultipleChoiceField(
        label=_("What must they be able to do?"), choices=Skill.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    preferred_skills = forms.MultipleChoiceField(
        label=_("What would be good to have?"), choices=Skill.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, of: HelpRequest, **kwargs: Any) -> None:
        starts, ends = (timezone.localtime(moment) for moment in (of.starts_at, of.ends_at))
        names = (
            "priority", "people_needed", "min_age", "needs_car", "with_minor", "is_remote",
            "languages", "required_skills", "preferred_skills",
        )  # fmt: skip
        kwargs["initial"] = {
            "day": starts.date(), "starts": starts.time(), "ends": ends.time(),
            **{name: getattr(of, name) for name in names},
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", gettext("The end comes before the beginning."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        day, starts, ends = (facts.pop(name) for name in ("day", "starts", "ends"))
        return {
            **facts,
            "starts_at": timezone.make_aware(datetime.combine(day, starts)),
            "ends_at": timezone.make_aware(datetime.combine(day, ends)),
        }


class CloseForm(forms.Form):
    how = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            ("referred", _("handed on: somebody else sees to it")),
            ("closed", _("closed without help")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("To whom, or why?"),
        help_text=_("Only organisers read it. Leave out what is about health."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that the next person knows.")},
    )


class ContactForm(forms.Form):
    """What somebody said on the telephone; nothing ticked is an answer too."""

    shows = forms.MultipleChoiceField(
        label=_("What may the other side see?"),
        help_text=_("The first name is seen anyway. Tick only what they said."),
        choices=[
            ("last_name", _("last name")),
            ("phone", _("phone number")),
            ("email", _("e-mail address")),
            ("address", _("address")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(
        label=_("They said so themselves, on the telephone or here."),
        error_messages={"required": _("Ask them first: without their word nothing is shown.")},
    )

    @property
    def choice(self) -> ContactChoice:
        return ContactChoice(**dict.fromkeys(self.cleaned_data["shows"], True))
