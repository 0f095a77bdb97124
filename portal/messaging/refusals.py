"""Why something in a conversation cannot be done: a code for machines, a status, and a sentence
that says what to do next."""

from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusals import Refused
from portal.messaging.models.message import LONGEST_TEXT, MOST_FILES


class MessagingRefused(Refused):
    code: ClassVar[str]
    status: ClassVar[int] = 409


class ConversationClosed(MessagingRefused):
    code = "conversation_closed"

    def __init__(self) -> None:
        super().__init__(
            _("This conversation has ended. You can still read it, and write to the office.")
        )


class NotInConversation(MessagingRefused):
    code = "not_in_conversation"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("You are no longer part of this conversation."))


class NothingWritten(MessagingRefused):
    code = "nothing_written"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("Write a few words, or add a file."))


class TooLong(MessagingRefused):
    code = "too_long"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("A message can have up to %(number)d characters. Send the rest as a second one.")
            % {"number": LONGEST_TEXT}
        )


class AnswersGoToTheOffice(MessagingRefused):
    """An announcement is not answered where everybody reads it."""

    code = "answers_go_to_the_office"

    def __init__(self) -> None:
        super().__init__(_("Your answer goes to the office alone. Write it there."))


class BlockedHere(MessagingRefused):
    """One of the two does not want to read the other; which of them is not said."""

    code = "blocked"

    def __init__(self) -> None:
        super().__init__(
            _("You cannot write to each other any more. If something is wrong, call the office.")
        )


class WaitABit(MessagingRefused):
    code = "too_many_messages"
    status = 429

    def __init__(self) -> None:
        super().__init__(
            _("That is many messages in a short time. Wait a minute; your words are kept below.")
        )


class BadFile(MessagingRefused):
    """A file that is not taken; ``name`` is what it was called."""

    code = "bad_file"
    status = 400

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("“%(name)s” cannot be opened as a picture or a PDF. Send a photo or a PDF document.")
            % {"name": name}
        )


class TooLargeFile(BadFile):
    code = "file_too_large"
    status = 413

    def __init__(self, name: str, largest: int) -> None:
        super().__init__(name)
        self.args = (
            _("“%(name)s” is too large. It can have up to %(number)d MB.")
            % {"name": name, "number": largest // 1024 // 1024},
        )


class LockedFile(BadFile):
    code = "locked_file"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.args = (
            _("“%(name)s” is locked with a password. Save it without one, or send a photo of it.")
            % {"name": name},
        )


class ActiveFile(BadFile):
    """A PDF that runs something, or carries another file."""

    code = "active_file"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.args = (
            _("“%(name)s” holds a program or another file, so we do not take it. Print it to a new"
              " PDF, or send a photo of it.") % {"name": name},
        )  # fmt: skip


class TooManyFiles(MessagingRefused):
    code = "too_many_files"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            ngettext(
                "One message can carry %(number)d file.",
                "One message can carry %(number)d files.",
                MOST_FILES,
            )
            % {"number": MOST_FILES}
        )


class NobodyToWriteTo(MessagingRefused):
    """An announcement whose audiences are empty now."""

    code = "nobody_to_write_to"

    def __init__(self) -> None:
        super().__init__(_("There is nobody in the chosen groups now. Choose others."))


class AlreadySent(MessagingRefused):
    code = "already_sent"

    def __init__(self) -> None:
        super().__init__(_("This announcement has already gone out. Write another one."))


class CalledOff(MessagingRefused):
    code = "called_off"

    def __init__(self) -> None:
        super().__init__(_("This announcement was called off. Write another one."))


class NotYourself(MessagingRefused):
    code = "not_yourself"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("You cannot block yourself."))


class AlreadyHandled(MessagingRefused):
    """A report somebody else has decided on meanwhile."""

    code = "already_handled"

    def __init__(self) -> None:
        super().__init__(_("A colleague has already dealt with it."))


class LinkExpired(MessagingRefused):
    code = "link_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid. Log in, or call the office."))
