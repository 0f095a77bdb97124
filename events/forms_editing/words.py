"""What is said about an activity, and its picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from events.actions.save_text import Words
from events.models import ActivityText
from portal.accounts.models import User


class TextForm(forms.ModelForm[ActivityText]):
    """Starts with the draft; saving it is for the action, which makes a revision."""

    class Meta:
        model = ActivityText
        fields = ("title", "lead", "body")
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 12}),
        }
        error_messages = {"title": {"required": gettext_lazy("Write the title.")}}

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            title=given["title"],
            lead=" ".join(given["lead"].split()),
            body=given["body"].replace("\r\n", "\n").strip(),
            picture=self.instance.picture,
        )


def picture_form(*args: Any, title: str, user: User) -> "forms.ModelForm[Any]":
    """The site's own form for pictures, with its rule: described, or marked as decoration."""
    model = get_image_model()
    form_class = get_image_form(model, fields=("file", "alt_text", "is_decorative"))
    form: forms.ModelForm[Any] = form_class(
        *args, instance=model(title=title, uploaded_by_user=user)
    )
    form.fields.pop("collection", None)
    # Its file box is wired to scripts of the editors' admin.
    form.fields["file"].widget = forms.FileInput(attrs={"accept": "image/*"})
    form.fields["file"].label = _("Picture")
    return form
