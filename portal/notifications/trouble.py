"""What can keep a message from its recipient: for the code that sends, and in words for staff."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Trouble(models.TextChoices):
    NO_ADDRESS = "no_address", gettext_lazy("We have no address or number to write to.")
    BAD_ADDRESS = "bad_address", gettext_lazy("The address is not written correctly.")
    REFUSED = "refused", gettext_lazy("It was refused. The address or number may be wrong.")
    TRIED_LONG = "tried_long", gettext_lazy("We tried for several hours and it was not accepted.")
    NOT_YET = "not_yet", gettext_lazy("It was not accepted yet. We are trying again.")
    NO_SMS = "no_sms", gettext_lazy("This site cannot send text messages.")
    WORDS_GONE = "words_gone", gettext_lazy("The message is not kept any more.")
    BROKEN = "broken", gettext_lazy("The message could not be prepared.")
    NOT_REACHED = "not_reached", gettext_lazy("The person could not be reached.")


def sentence_about(error: str) -> str:
    """``refused 550`` as a sentence with the code of whoever refused; "" for no error."""
    trouble, _space, code = error.partition(" ")
    if trouble not in Trouble.values:
        return error
    sentence = str(Trouble(trouble).label)
    return (
        _("%(sentence)s (code %(code)s)") % {"sentence": sentence, "code": code}
        if code
        else (sentence)
    )


class Refused(Exception):
    """This message will never be accepted as it is; a human must look."""

    def __init__(self, trouble: Trouble, code: int | str = "") -> None:
        super().__init__(trouble.value, code)
        self.error = f"{trouble.value} {code}".strip()


class NotNow(Exception):
    """This message was not accepted, and may be later."""

    def __init__(self, code: int | str = "") -> None:
        super().__init__(code)
        self.code = code


class LineDown(Exception):
    """Whoever carries messages cannot be talked to; says nothing about any single message."""


class LineBroke(LineDown):
    """In the middle of a message; perhaps because of it."""
