"""Where somebody is logged in: what a session knows of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Device:
    """One browser; ``since`` is None for a login older than allauth's notes of it."""

    is_here: bool
    since: datetime | None
    until: datetime


def devices_of(user: User, *, here: str | None, now: datetime) -> list[Device]:
    """This device first, then the newest login. No address or kind of browser is kept of them."""
    devices = [
        Device(
            is_here=session.session_key == here,
            since=_logged_in_at(session.get_decoded()),
            until=session.expire_date,
        )
        for session in user.sessions.filter(expire_date__gt=now)
    ]
    return sorted(devices, key=lambda device: (not device.is_here, -_moment(device)))


def _logged_in_at(data: dict[str, object]) -> datetime | None:
    """allauth notes each method of a login and when it was shown."""
    methods = data.get("account_authentication_methods")
    if not isinstance(methods, list) or not methods:
        return None
    return datetime.fromtimestamp(methods[0]["at"], tz=UTC)


def _moment(device: Device) -> float:
    return (device.since or device.until).timestamp()
