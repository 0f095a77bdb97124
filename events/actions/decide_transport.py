from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.messages import tell_transport
from events.models import Participation, TransportRequest
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record

State = TransportRequest.State


@transaction.atomic
def decide_transport(
    *,
    request: TransportRequest,
    state: str,
    pickup_at: time | None = None,
    words: str = "",
    acting_user: User,
) -> TransportRequest:
    """Answer a request, or answer it anew; the same answer again is told to nobody.

    Args:
        pickup_at: when they are picked up, of transport that is arranged.
        words: why it is not possible, and what they can do instead.

    Raises:
        ValidationError: arranged without an hour, or refused without words.
        AlreadyChanged: nobody of the booking comes any more.
    """
    _check(state, pickup_at, words)
    locked = (
        TransportRequest.objects.select_for_update(of=["self"])
        .select_related("booking")
        .get(pk=request.pk)
    )
    if not locked.booking.participations.filter(status__in=Participation.ACTIVE).exists():
        raise AlreadyChanged(_("The places of this booking have been given back."))
    if (locked.state, locked.pickup_at) == (state, pickup_at):
        return locked
    locked.state, locked.pickup_at = state, pickup_at
    locked.decided_by, locked.decided_at = acting_user.pk, timezone.now()
    locked.save(update_fields=["state", "pickup_at", "decided_by", "decided_at"])
    record(
        "transport.decided",
        actor=acting_user.pk,
        of=locked,
        person=locked.booking.booker_id,
        state=state,
    )
    tell_transport(locked, words)
    return locked


def _check(state: str, pickup_at: time | None, words: str) -> None:
    if state == State.ARRANGED and pickup_at is None:
        raise ValidationError(_("Write when they will be picked up."))
    if state == State.DECLINED and (not words.strip() or pickup_at is not None):
        raise ValidationError(_("Write why it is not possible, and what they can do instead."))
