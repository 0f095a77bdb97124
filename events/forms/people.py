"""How many come, and who they are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Activity
from events.models.activity import OLDEST
from events.refusals import AgeNotAllowed
from portal.accounts.models import Person

ME, ME_AND_OTHERS, OTHERS = "me", "me_and_others", "others"
SOMEBODY_ELSE = "else"
_NAME_LENGTH = Person._meta.get_field("first_name").max_length


def number_input() -> forms.TextInput:
    """Digits of a phone's keyboard, without the arrows that change a number by accident."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"})


class PartyForm(forms.Form):
    """Who comes. Each answer has its own number beneath it, so that only one of them is read."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is coming?"),
        choices=[
            (ME, gettext_lazy("Just me")),
            (ME_AND_OTHERS, gettext_lazy("Me and other people")),
            (OTHERS, gettext_lazy("Other people, not me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is coming.")},
    )
    with_me = forms.IntegerField(
        label=gettext_lazy("How many people altogether, with you?"),
        required=False,
        widget=number_input(),
    )
    without_me = forms.IntegerField(
        label=gettext_lazy("How many people?"), required=False, widget=number_input()
    )
    wheelchair = forms.BooleanField(
        label=gettext_lazy("One of us uses a wheelchair and needs the place kept for that"),
        required=False,
    )
    # Told before that no place is free: whoever goes on wants to wait.
    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int, has_wheelchair_places: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        if not has_wheelchair_places:
            del self.fields["wheelchair"]
        if most == 1:
            for name in ("with_me", "without_me"):
                del self.fields[name]
            self.fields["who"].choices = [  # type: ignore[attr-defined]
                (ME, _("Me")),
                (OTHERS, _("Somebody else, I am booking for them")),
            ]
        for name in ("with_me", "without_me"):
            if name in self.fields:
                self.fields[name].error_messages["invalid"] = _("Write a number, for example 2.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        who = cleaned.get("who")
        if who == ME or (who == OTHERS and self.most == 1):
            # Left over in a field that does not belong to the answer.
            for name in ("with_me", "without_me"):
                self.errors.pop(name, None)
            cleaned["size"] = 1
        elif who:
            field, other, least = (
                ("with_me", "without_me", 2)
                if who == ME_AND_OTHERS
                else ("without_me", "with_me", 1)
            )
            self.errors.pop(other, None)
            self._clean_size(cleaned, field, least)
        return cleaned

    def _clean_size(self, cleaned: dict[str, Any], field: str, least: int) -> None:
        if field in self.errors:
            return
        size = cleaned.get(field)
        if size is None:
            self.add_error(field, _("Write how many people come."))
        elif size < least:
            self.add_error(
                field,
                _("With you that is at least 2 people. If you come alone, choose “Just me”.")
                if least > 1
                else _("At least one person comes."),
            )
        elif size > self.most:
            self.add_error(
                field,
                ngettext(
                    "One booking is for at most %(most)d person. Call us if there are more of you.",
                    "One booking is for at most %(most)d people. Call us if there are more of you.",
                    self.most,
                )
                % {"most": self.most},
            )
        else:
            cleaned["size"] = size

    @property
    def answer(self) -> dict[str, Any]:
        return {
            "size": self.cleaned_data["size"],
            "who": self.cleaned_data["who"],
            "wheelchair": self.cleaned_data.get("wheelchair", False),
        }

    @staticmethod
    def initial_of(answer: dict[str, Any]) -> dict[str, Any]:
        """What the fields show for an answer given before."""
        if not answer:
            return {}
        number = {ME_AND_OTHERS: "with_me", OTHERS: "without_me"}.get(answer["who"])
        shown = {"who": answer["who"], "wheelchair": answer.get("wheelchair", False)}
        return {**shown, number: answer["size"]} if number else shown


class AttendeeForm(forms.Form):
    """One of those who come.

    Args:
        known: people the booker lives with or cares for, to choose instead of typing.
        asks_name: False for somebody logged in who comes themselves: we know it.
    """

    known = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=_NAME_LENGTH, required=False
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), max_length=_NAME_LENGTH, required=False
    )
    age = forms.IntegerField(
        label=gettext_lazy("Age on the day of the activity"),
        min_value=0,
        max_value=OLDEST,
        widget=number_input(),
        error_messages={
            "required": gettext_lazy("Write the age in years."),
            "invalid": gettext_lazy("Write the age as a number, for example 74."),
        },
    )

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        is_me: bool,
        asks_name: bool = True,
        known: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.people = {str(person.pk): person for person in known}
        if not asks_name:
            for name in ("first_name", "last_name"):
                del self.fields[name]
        elif is_me:
            self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
            self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        else:
            # The browser would fill in the name of whoever sits at it.
            for name in ("first_name", "last_name"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
        if known and asks_name:
            self.fields["known"].choices = [  # type: ignore[attr-defined]
                *((pk, str(person)) for pk, person in self.people.items()),
                (SOMEBODY_ELSE, _("Somebody else")),
            ]
        else:
            del self.fields["known"]
        self._set_ages()

    def _set_ages(self) -> None:
        if not self.activity.has_ages:
            del self.fields["age"]
            return
        field = self.fields["age"]
        limits = str(AgeNotAllowed(self.activity.age_min, self.activity.age_max))
        field.help_text = _("In full years. %(limits)s") % {"limits": limits}
        impossible = _("Check the age: it is a number from 0 to %(oldest)d.") % {"oldest": OLDEST}
        for validator in field.validators:
            validator.message = impossible  # type: ignore[attr-defined]

    def clean_age(self) -> int:
        age: int = self.cleaned_data["age"]
        if not self.activity.admits(age):
            refusal = AgeNotAllowed(self.activity.age_min, self.activity.age_max)
            raise ValidationError(
                _("You wrote the age %(age)d. %(limits)s") % {"age": age, "limits": refusal},
                code=refusal.code,
            )
        return age

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "known" in self.fields and "known" not in self.errors:
            if not cleaned["known"]:
                self.add_error("known", _("Choose who it is."))
                return cleaned
            if cleaned["known"] != SOMEBODY_ELSE:
                return cleaned
        for name, sentence in (
            ("first_name", _("Write the first name.")),
            ("last_name", _("Write the last name.")),
        ):
            if name in self.fields and name not in self.errors and not cleaned[name]:
                self.add_error(name, sentence)
        return cleaned

    @cached_property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data.get("known", ""))

    @property
    def answer(self) -> dict[str, Any]:
        """Without a name where it was not asked."""
        cleaned = self.cleaned_data
        person = self.chosen
        names: dict[str, Any] = {}
        if person is not None:
            names = {
                "first_name": person.first_name, "last_name": person.last_name,
                "person": str(person.pk),
            }  # fmt: skip
        elif "first_name" in self.fields:
            names = {"first_name": cleaned["first_name"], "last_name": cleaned["last_name"]}
        return {**names, "age": cleaned.get("age")}

    @property
    def is_age_refused(self) -> bool:
        return self.has_error("age", AgeNotAllowed.code)
