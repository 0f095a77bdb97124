from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.roles import STAFF
from volunteering.models import SafetyReport


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SafetyReport
        fields = ("outcome",)
        labels = {"outcome": _("What was done?")}
        help_texts = {
            "outcome": _("Only you two read this. Write what somebody should know in a year.")
        }
        widgets = {"outcome": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True


class _Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, user: Any) -> str:
        return str(user.person)


def _colleagues() -> Any:
    staff = User.objects.filter(is_active=True, role_grants__role__in=STAFF)
    return staff.distinct().select_related("person").order_by("person__sort_key", "pk")


class ContactsForm(forms.Form):
    first = _Colleague(label=_("The first person"), queryset=_colleagues(), empty_label=_("choose"))
    second = _Colleague(
        label=_("The second person"), queryset=_colleagues(), empty_label=_("choose")
    )

    def clean(self) -> None:
        first, second = self.cleaned_data.get("first"), self.cleaned_data.get("second")
        if first and first == second:
            self.add_error("second", ValidationError(gettext("Choose two different people.")))
