"""Why something about volunteering cannot be done: a code for machines, a status, and a sentence
that says what to do next."""

from math import ceil
from typing import ClassVar

from django.utils.translation import gettext as _

from events.refusals import Busy
from portal.accounts.refusals import Refused


class VolunteeringRefused(Refused):
    code: ClassVar[str]
    status: ClassVar[int] = 409


class ShiftFull(VolunteeringRefused):
    code = "shift_full"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just taken this place. Look at the other shifts."))


class TimeOverlap(VolunteeringRefused):
    code = "time_overlap"

    def __init__(self, task: str) -> None:
        self.task = task
        super().__init__(_("You are busy at that time: %(task)s.") % {"task": task})


class AlreadyFilled(VolunteeringRefused):
    code = "already_filled"

    def __init__(self) -> None:
        super().__init__(_("Somebody is helping already. Thank you for being ready to help."))


class InvitationExpired(VolunteeringRefused):
    code = "invitation_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("The time to answer this invitation has passed."))


class LinkExpired(VolunteeringRefused):
    code = "link_expired"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid."))


class InviteBudgetUsed(VolunteeringRefused):
    """Said to organisers."""

    code = "invite_budget_used"

    def __init__(self) -> None:
        super().__init__(
            _("This person was asked three times in the last seven days. Let them rest.")
        )


class RulesBroken(VolunteeringRefused):
    """This volunteer may not do this; ``codes`` are those of ``matching.edges.RULES``."""

    code = "rules_broken"

    def __init__(self, codes: list[str], sentence: str) -> None:
        self.codes = codes
        super().__init__(sentence)


class ContactHidden(VolunteeringRefused):
    code = "contact_hidden"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("You will see the contact data once both of you have agreed."))


class NotInTouch(VolunteeringRefused):
    """The two of a task have not both agreed to be in touch, or no longer do."""

    code = "not_in_touch"

    def __init__(self) -> None:
        super().__init__(_("You can write to each other once both of you have agreed."))


class AlreadyChanged(VolunteeringRefused):
    """Somebody else has done something to it that leaves no room for this."""

    code = "already_changed"

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or _("Somebody has changed this meanwhile. Look again."))


class TooLate(VolunteeringRefused):
    """The help begins, or is over."""

    code = "too_late"

    def __init__(self) -> None:
        super().__init__(_("The time of this help has come. Change the day first, or call."))


class TooEarly(VolunteeringRefused):
    code = "too_early"

    def __init__(self) -> None:
        super().__init__(_("This has not taken place yet. Come back after it."))


class NotNeeded(VolunteeringRefused):
    """Said to volunteers: it was called off, or the office sees to it."""

    code = "not_needed"

    def __init__(self) -> None:
        super().__init__(_("This help is not needed any more. Thank you for being ready to help."))


# What a page says in words: an action refused, or waited too long for somebody else's.
Told = VolunteeringRefused | Busy
TOLD = (VolunteeringRefused, Busy)


def retry_after(refusal: Told) -> dict[str, str]:
    """The header of an answer that may be another one in a moment."""
    if not isinstance(refusal, Busy):
        return {}
    return {"Retry-After": str(ceil(refusal.RETRY_AFTER.total_seconds()))}
