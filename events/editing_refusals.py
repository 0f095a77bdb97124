"""Why an activity or a date cannot be changed like that, and what to do instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusals import Refused
from tenants.formats import moment


class EditingRefused(Refused):
    status: ClassVar[int] = 422


class NoDates(EditingRefused):
    def __init__(self) -> None:
        super().__init__(_("No date fits. Check the day of the week, and when the series ends."))


class TooManyDates(EditingRefused):
    def __init__(self, most: int, wanted: int | None = None) -> None:
        sentence = (
            _("A series has at most %(most)d dates, this one would have more.")
            if wanted is None
            else _("A series has at most %(most)d dates, this one would have %(wanted)d.")
        )
        how = _("Let it end sooner, and make another one later.")
        super().__init__(f"{sentence % {'most': most, 'wanted': wanted}} {how}")


class EndsBeforeStart(EditingRefused):
    def __init__(self) -> None:
        super().__init__(_("The end comes before the beginning."))


class InThePast(EditingRefused):
    def __init__(self) -> None:
        super().__init__(_("This time has passed already."))


class RoomTaken(EditingRefused):
    """Something else takes place in the room; the dates it hinders are named."""

    status = 409

    def __init__(self, clashes: Sequence[tuple[datetime, str]]) -> None:
        lines = [
            _("%(title)s, %(when)s") % {"title": title, "when": moment(starts_at)}
            for starts_at, title in clashes
        ]
        super().__init__(
            _("Something else takes place in this room then: %(what)s.")
            % {"what": "; ".join(lines)}
            if lines
            else _("Something else takes place in this room then.")
        )


class NotReady(EditingRefused):
    """It lacks what people need to know before they come."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(_("Still missing: %(what)s.") % {"what": "; ".join(self.missing)})


class NotPossibleNow(EditingRefused):
    """Its state does not allow it; perhaps somebody was quicker."""

    status = 409

    def __init__(self, state: object) -> None:
        super().__init__(
            _("This is not possible now: the state is “%(state)s”.") % {"state": state}
        )


class NothingToTalkAbout(EditingRefused):
    """No conversation is opened of what is not public, has no dates, or is long over."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "A conversation can be opened once this is public and has a date, and until two "
                "weeks after the last one."
            )
        )


class DateIsOver(EditingRefused):
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This date has passed; it stays as it was."))


class KindIsFixed(EditingRefused):
    """Places of a course are counted once, those of other activities date by date."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("The kind cannot change while there are dates. Remove the dates first."))


class PeopleAreBooked(EditingRefused):
    status = 409

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            ngettext(
                "%(number)d person is booked on a date to come. Cancel the dates first: everybody"
                " booked will be told.",
                "%(number)d people are booked on dates to come. Cancel the dates first: everybody"
                " booked will be told.",
                number,
            )
            % {"number": number}
        )


class NotYours(EditingRefused):
    """Only verified organisations propose activities."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("The office first has to verify your organisation. Call us if it takes long.")
        )


class WordsMissing(EditingRefused):
    def __init__(self) -> None:
        super().__init__(_("Write it in words: the organisation will read them."))


class AlreadyMade(EditingRefused):
    status = 409

    def __init__(self) -> None:
        super().__init__(_("These dates were made already. Look at the list."))
