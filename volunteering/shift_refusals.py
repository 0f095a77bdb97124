"""Why a shift, or an application for an opportunity, cannot be had; and what to do instead."""

from django.utils.translation import gettext as _

from volunteering.refusals import VolunteeringRefused


class ShiftOver(VolunteeringRefused):
    code = "shift_over"

    def __init__(self) -> None:
        super().__init__(_("This shift is over or called off. Look at the other shifts."))


class NotWanted(VolunteeringRefused):
    """The opportunity is not public (any more)."""

    code = "opportunity_closed"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("Volunteers are not wanted here any more. Look at what else there is."))


class ApplyFirst(VolunteeringRefused):
    code = "apply_first"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("The organiser talks to everybody first. Say that you would like to help.")
        )


class WaitForAnswer(VolunteeringRefused):
    code = "wait_for_answer"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("The organiser has your application. Once they accept it, you can choose a shift.")
        )


class NotThisTime(VolunteeringRefused):
    code = "application_declined"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("The organiser said: not this time. Call us, we will find something for you.")
        )


class NotAdmittedYet(VolunteeringRefused):
    code = "not_admitted_yet"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("We still have to meet and sign an agreement. We will call you, or you call us.")
        )


class HasBegun(VolunteeringRefused):
    code = "has_begun"

    def __init__(self) -> None:
        super().__init__(_("The shift has begun already. Call us if you cannot come."))


class NotBegun(VolunteeringRefused):
    code = "not_begun"

    def __init__(self) -> None:
        super().__init__(_("The shift has not begun yet."))
