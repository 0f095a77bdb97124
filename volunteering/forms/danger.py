from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteering.models import Assignment, SafetyReport


class DangerForm(forms.Form):
    """
    Args:
        tasks: of the people it may be about; who it was is asked only where there are several.
    """

    about = forms.ChoiceField(
        label=_("Who is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is about, or nobody of them.")},
    )
    words = forms.CharField(
        label=_("What happened?"),
        max_length=SafetyReport._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few words are enough. Only two people of the office read them."),
        error_messages={"required": _("Write what happened, a few words are enough.")},
    )
    keep_apart = forms.BooleanField(
        label=_("Do not bring us together again"),
        required=False,
        help_text=_("It works at once. The other person is not told."),
    )

    def __init__(self, *args: Any, tasks: list[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = {str(task.pk): task for task in tasks}
        if not tasks:
            del self.fields["keep_apart"]
        if len(tasks) < 2:
            del self.fields["about"]
            return
        people = [(key, task.profile.person.first_name) for key, task in self.tasks.items()]
        about = cast("forms.ChoiceField", self.fields["about"])
        about.choices = [*people, ("nobody", _("nobody of them"))]

    @property
    def task(self) -> Assignment | None:
        """The one it is about, once the form is valid."""
        if len(self.tasks) == 1:
            return next(iter(self.tasks.values()))
        return self.tasks.get(self.cleaned_data.get("about", ""))

    @property
    def is_to_be_kept_apart(self) -> bool:
        return bool(self.cleaned_data.get("keep_apart"))
