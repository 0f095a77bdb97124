from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.messaging.models import LONGEST_TEXT, Broadcast

# Later than that nobody remembers what was announced.
FURTHEST = timedelta(days=365)


class NoteForm(forms.Form):
    """What only the office reads."""

    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    # The form to answer with stands on the same page, and has a token too.
    token = forms.UUIDField(widget=forms.HiddenInput({"id": "note_token"}), initial=uuid4)


class WordsForm(forms.ModelForm[Broadcast]):
    """The words of an announcement."""

    class Meta:
        model = Broadcast
        fields = ("subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"subject": _("Stands above an e-mail or a letter.")}

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip()


class MomentForm(forms.Form):
    """Now, or at an hour of the clock in Poland."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Send now")), ("later", _("Send later"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=_("Hour"), required=False, help_text=_("For example 9:15."),
        widget=forms.TimeInput(attrs={"class": "short", "inputmode": "numeric"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("An hour looks like this: 9:15.")},
    )  # fmt: skip

    @property
    def moment(self) -> datetime | None:
        """None: now."""
        moment: datetime | None = self.cleaned_data["moment"]
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["moment"] = None
        if cleaned.get("when") != "later":
            return cleaned
        for name, sentence in (
            ("day", gettext("Choose the day.")),
            ("hour", gettext("Write the hour.")),
        ):
            if name not in self.errors and cleaned[name] is None:
                self.add_error(name, sentence)
        if not self.errors:
            cleaned["moment"] = _on_the_clock(datetime.combine(cleaned["day"], cleaned["hour"]))
        return cleaned


def _on_the_clock(wall: datetime) -> datetime:
    moment = timezone.make_aware(wall)
    now = timezone.now()
    # Through UTC: that is where an hour the clocks leave out becomes another one.
    if timezone.make_naive(moment.astimezone(UTC)) != wall:
        raise ValidationError(
            {"hour": gettext("The clocks leave this hour out that night. Choose another one.")}
        )
    if moment <= now:
        raise ValidationError(
            {"day": gettext("This moment has passed. Choose a later one, or send it now.")}
        )
    if moment > now + FURTHEST:
        raise ValidationError({"day": gettext("Choose a day within a year from now.")})
    return moment


class DecisionForm(forms.Form):
    """On a message somebody has reported."""

    decision = forms.ChoiceField(
        label=_("What should happen to it?"),
        choices=[
            ("remove", _("Remove the message: its words are gone for everybody")),
            ("keep", _("Keep the message: nothing changes")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )

    @property
    def removes(self) -> bool:
        return bool(self.cleaned_data["decision"] == "remove")
