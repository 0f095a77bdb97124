"""What one writes a message with."""

from typing import Any, TypedDict
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.messaging.files import CleanFile, clean
from portal.messaging.models import LONGEST_TEXT, MOST_FILES
from portal.messaging.refusals import MessagingRefused, NothingWritten, TooLong, TooManyFiles

# What a telephone or a computer offers first; what is sent is judged by its content.
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,application/pdf"


class MessageArguments(TypedDict):
    text: str
    token: UUID
    files: list[CleanFile]


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Up to ``MOST_FILES`` files, each made clean; one sentence for each that is not taken."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        sent: list[UploadedFile[bytes]] = [file for file in _several(data) if file]
        if len(sent) > MOST_FILES:
            raise ValidationError(str(TooManyFiles()))
        taken, troubles = [], []
        for file in sent:
            try:
                taken.append(clean(file))
            except MessagingRefused as refusal:
                troubles.append(str(refusal))
        if troubles:
            raise ValidationError(troubles)
        return taken


def _several(data: Any) -> list[Any]:
    return list(data) if isinstance(data, list | tuple) else [data]


class MessageForm(forms.Form):
    """``token`` is made with the form, so that pressed twice it is one message."""

    text = forms.CharField(
        label=_("Your message"), required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
    )  # fmt: skip
    files = SeveralFilesField(  # type: ignore[assignment]
        label=_("Photos or PDF documents"), required=False,
        help_text=_("Up to 3 files: photos up to 12 MB, PDF up to 5 MB."),
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if len(text) > LONGEST_TEXT:
            raise ValidationError(str(TooLong()))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["text"] and not cleaned["files"]:
            self.add_error("text", str(NothingWritten()))
        return cleaned

    def message_arguments(self) -> MessageArguments:
        """For ``post_message`` and ``answer_announcement``, once the form is valid."""
        return MessageArguments(
            text=self.cleaned_data["text"],
            token=self.cleaned_data["token"],
            files=self.cleaned_data["files"],
        )
