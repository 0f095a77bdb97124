"""What an organisation says about an activity it proposes: the words and the rules, on one page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.actions.save_text import Words
from events.arranging import Places
from events.forms_editing.inputs import NumberField
from events.forms_editing.places import MOST
from events.forms_editing.rules import RulesForm
from events.models import Activity
from events.texts import draft_of

_WORDS = ("title", "lead", "body")


class ProposalForm(RulesForm):
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120,
        error_messages={"required": gettext_lazy("Write the title.")},
    )  # fmt: skip
    lead = forms.CharField(
        label=gettext_lazy("In one or two sentences"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    body = forms.CharField(
        label=gettext_lazy("What it is like"), max_length=8_000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "An empty line begins a paragraph; a line that begins with a hyphen, a list."
        ),
    )  # fmt: skip
    course_places = NumberField(
        label=gettext_lazy("For a course: how many people may come"), least=1, most=MOST,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, instance: Activity, **kwargs: Any) -> None:
        asked = (*_WORDS, *self.OF_AN_ORGANISATION, "course_places")
        initial = {**self._as_it_is(instance), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, instance=instance, only=asked, initial=initial, **kwargs)
        self.order_fields(asked)

    @staticmethod
    def _as_it_is(activity: Activity) -> dict[str, Any]:
        text = activity.texts.filter(language="pl").first()
        draft = draft_of(text) if text else None
        words = {name: getattr(draft, name) for name in _WORDS} if draft else {}
        return {**words, "course_places": activity.pool.capacity if activity.pool else None}

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            title=given["title"],
            lead=" ".join(given["lead"].split()),
            body=given["body"].replace("\r\n", "\n").strip(),
        )

    @property
    def places(self) -> Places | None:
        """Of the course, where it is one and they are known."""
        given = self.cleaned_data
        is_counted = given["kind"] == Activity.Kind.COURSE and given["takes_bookings"]
        number = given["course_places"]
        return Places(capacity=number) if is_counted and number else None
