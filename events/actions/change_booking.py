from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from events import enrolling, giving_back
from events.busy import in_time
from events.models import AccessNeed, Booking, TransportRequest
from events.party import Transport
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def change_booking(  # noqa: PLR0913 (whatever of it is given is changed)
    *,
    booking: Booking,
    note: str | None = None,
    needs: Mapping[UUID, Iterable[str]] | None = None,
    transport: Transport | None = None,
    shows_names: bool | None = None,
    shows_contact: bool | None = None,
    acting_user: User | None,
) -> Booking:
    """Change what was asked for beside the places; what is not given stays.

    Args:
        needs: by id of the participation, all that the person needs now; they agreed to it.
        transport: for nobody, to be driven no more.

    Raises:
        AlreadyChanged: the booking was cancelled meanwhile.
    """
    locked = giving_back.locked(booking)
    party = giving_back.active(locked)
    if not party:
        raise AlreadyChanged
    given: dict[str, Any] = {
        "note": note if note is None else note[:300],
        "shows_names": shows_names,
        "shows_contact": shows_contact,
    }
    changed = [name for name, value in given.items() if value not in (None, getattr(locked, name))]
    for name in changed:
        setattr(locked, name, given[name])
    if changed:
        locked.save(update_fields=changed)
    if needs is not None:
        changed.append("needs")
        AccessNeed.objects.filter(
            participation__in=[one for one in party if one.pk in needs]
        ).delete()
        enrolling.write_needs(
            party, needs, locked.channel, recorded_by=acting_user.pk if acting_user else None
        )
    if transport is not None and _drive(locked, transport, len(party)):
        changed.append("transport")
    record(
        "booking.changed", actor=acting_user.pk if acting_user else None, of=locked,
        person=locked.booker_id, fields=changed,
    )  # fmt: skip
    return locked


def _drive(booking: Booking, transport: Transport, party: int) -> bool:
    """Asked for anew, it is decided anew; whether anything differs."""
    asked = TransportRequest.objects.filter(booking=booking).first()
    same = asked is not None and transport == Transport(
        people=asked.people, street=asked.street, city=asked.city, note=asked.note
    )
    if same or (asked is None and not transport.people):
        return False
    if asked is not None:
        asked.delete()
    enrolling.write_transport(booking, transport, party)
    return True
