"""The rules of an activity: for whom, for how much, when it can be booked."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms_editing.inputs import NumberField
from events.models import Activity
from events.models.activity import OLDEST
from portal.accounts.models import Organisation
from portal.places.models import Contact
from tenants.binding import current_tenant
from tenants.models import Project

_GROUPS = (
    ("", ("title", "lead", "body", "kind", "course_places", "organisation", "contact", "project")),
    (gettext_lazy("For whom"), ("audience", "age_min", "age_max", "residents_only")),
    (gettext_lazy("Fee"), ("fee", "fee_note")),
    (
        gettext_lazy("Booking"),
        (
            "takes_bookings", "party_limit", "needs_approval", "must_confirm", "offers_transport",
            "opens_days_before", "closes_hours_before", "cancel_hours_before",
        ),
    ),
)  # fmt: skip
_TITLE = gettext_lazy("A few words people will remember: “Smartphones without fear”.")


class BeginForm(forms.ModelForm[Activity]):
    """What an activity begins with; everything else has a sensible value already."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=_TITLE,
        error_messages={"required": gettext_lazy("Write the title.")},
    )  # fmt: skip
    lead = forms.CharField(
        label=gettext_lazy("In one or two sentences"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = ("kind", "audience", "organisation")
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_organisers(self)
        self.order_fields(["title", "lead", "kind", "audience", "organisation"])


class RulesForm(forms.ModelForm[Activity]):
    """``only``: fields that are asked; an organisation decides on fewer than the office."""

    age_min = NumberField(label=gettext_lazy("Youngest age"), most=OLDEST, required=False)
    age_max = NumberField(label=gettext_lazy("Oldest age"), most=OLDEST, required=False)
    fee = forms.DecimalField(
        label=gettext_lazy("Fee, złoty"), min_value=0, max_digits=7, decimal_places=2,
        help_text=gettext_lazy("0 is free of charge."), localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )  # fmt: skip
    party_limit = NumberField(label=gettext_lazy("Most people in one booking"), least=1, most=20)
    opens_days_before = NumberField(
        label=gettext_lazy("Bookings open, days before"), most=365, required=False,
        help_text=gettext_lazy(
            "At 8:00 of that day. Empty: as soon as the activity is published."
        ),
    )  # fmt: skip
    closes_hours_before = NumberField(
        label=gettext_lazy("Bookings on the site close, hours before"), most=24 * 30,
        help_text=gettext_lazy("Afterwards people call."),
    )  # fmt: skip
    cancel_hours_before = NumberField(
        label=gettext_lazy("A place can be given back on the site until, hours before"),
        most=24 * 30,
    )
    project = forms.TypedChoiceField(
        label=gettext_lazy("Project that pays for it"), required=False, empty_value=None
    )

    class Meta:
        model = Activity
        fields = (
            "kind", "organisation", "contact", "project", "audience", "age_min", "age_max",
            "residents_only", "fee", "fee_note", "takes_bookings", "party_limit",
            "needs_approval", "must_confirm", "offers_transport", "opens_days_before",
            "closes_hours_before", "cancel_hours_before",
        )  # fmt: skip
        widgets = {"kind": forms.RadioSelect}

    # What an organisation says about its own proposal.
    OF_AN_ORGANISATION = (
        "kind", "audience", "age_min", "age_max", "residents_only", "fee", "fee_note",
        "takes_bookings", "party_limit", "opens_days_before", "closes_hours_before",
        "cancel_hours_before",
    )  # fmt: skip

    def __init__(self, *args: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [*self.fields] if only else []:
            if name not in only:
                del self.fields[name]
        if self.instance.is_free:
            self.initial["fee"] = 0
        if "organisation" in self.fields:
            _offer_organisers(self)
        if "contact" in self.fields:
            self.fields["contact"].queryset = Contact.objects.all()  # type: ignore[attr-defined]
            self.fields["contact"].empty_label = _("whoever answers first")  # type: ignore[attr-defined]
        if "project" in self.fields:
            self.fields["project"].choices = _projects()  # type: ignore[attr-defined]

    @property
    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields under headings; of a part, those that are asked."""
        for heading, names in _GROUPS:
            asked = [self[name] for name in names if name in self.fields]
            if asked:
                yield str(heading), asked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        youngest, oldest = cleaned.get("age_min"), cleaned.get("age_max")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_max", _("The oldest age comes before the youngest."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Ages in the wrong order are said once, at the field."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"age_max"} if "age_max" in self.errors else set())


def _offer_organisers(form: forms.ModelForm[Activity]) -> None:
    """Verified ones, and the one it has."""
    field = form.fields["organisation"]
    verified = Organisation.objects.filter(status=Organisation.Status.VERIFIED)
    if form.instance.organisation_id:
        verified = verified | Organisation.objects.filter(pk=form.instance.organisation_id)
    field.queryset = verified.in_order()  # type: ignore[attr-defined]
    field.empty_label = _("our office")  # type: ignore[attr-defined]


def _projects() -> list[tuple[str, str]]:
    """Those the site's gmina takes part in, or the site leads."""
    tenant = current_tenant()
    found = Project.objects.filter(partners__municipality=tenant.municipality_id)
    led = Project.objects.filter(leader_site=tenant.pk)
    rows = (found | led).distinct().order_by("title").values_list("pk", "title")
    return [("", _("none")), *((str(pk), title) for pk, title in rows)]


class NoteForm(forms.Form):
    """The office's words to an organisation."""

    note = forms.CharField(
        max_length=1_000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write it in words: the organisation will read them.")
        },
    )  # fmt: skip

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"].strip()
        if not note:
            raise ValidationError(self.fields["note"].error_messages["required"])
        return note
