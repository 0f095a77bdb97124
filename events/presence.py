"""From when somebody can be written down as there, or as missing."""

from datetime import datetime, time
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, Session
from events.refusals import AlreadyChanged, BookingRefused
from tenants.formats import day, moment


class TooEarly(BookingRefused):
    """Nobody is there, and nobody is missing, before the day has come."""

    code: ClassVar[str] = "too_early"


def door_opens_at(session: Session) -> datetime:
    """The day itself begins: whoever prepares the room may check in early comers."""
    return timezone.make_aware(datetime.combine(timezone.localdate(session.starts_at), time()))


def refuse_to_write_down(state: str, session: Session, now: datetime) -> None:
    """
    Raises:
        AlreadyChanged: the date is cancelled.
        TooEarly: the day, or for those who did not come the hour, is still ahead. Somebody may be
            excused long before.
    """
    if session.is_cancelled:
        raise AlreadyChanged(_("This date is cancelled."))
    if state == Attendance.State.ATTENDED and now < door_opens_at(session):
        raise TooEarly(
            _("Nobody can be checked in before the day itself: %(day)s.")
            % {"day": day(timezone.localdate(session.starts_at))}
        )
    if state == Attendance.State.NO_SHOW and now < session.starts_at:
        raise TooEarly(
            _("It has not begun yet, so nobody is missing. It begins %(when)s.")
            % {"when": moment(session.starts_at)}
        )
