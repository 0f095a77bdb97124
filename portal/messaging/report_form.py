from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.messaging.models import Report


class ReportForm(forms.ModelForm[Report]):
    """What is wrong with a message."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it"), choices=Report.Reason, widget=forms.RadioSelect
    )

    class Meta:
        model = Report
        fields = ("reason", "words")
        widgets: ClassVar[dict[str, forms.Widget]] = {"words": forms.Textarea(attrs={"rows": 4})}
