"""Who got an announcement: by which channel, in which state, whether they have read it."""

from collections import Counter
from typing import Any

from portal.entrance.requests import OwnRequest
from portal.messaging.broadcasting import counts_of, readers_of, states_of
from portal.messaging.models import Broadcast
from portal.notifications.models import Delivery
from portal.notifications.tasks import SENDING
from portal.paging import page_of

READ, UNREAD = "przeczytane", "nieprzeczytane"


def recipients_page(request: OwnRequest, broadcast: Broadcast) -> dict[str, Any]:
    """Of an announcement that has gone out, those of the state ``?stan=`` names."""
    copies = states_of(broadcast)
    chosen = request.GET.get("stan", "")
    if chosen in {READ, UNREAD}:
        copies = copies.filter(has_read=chosen == READ)  # type: ignore[misc]
    elif chosen in Delivery.State.values:
        copies = copies.filter(state=chosen)
    else:
        chosen = ""
    counts = counts_of(broadcast)
    in_state: Counter[str] = Counter()
    for _channel, state, number in counts:
        in_state[state] += number
    return {
        "pages": page_of(copies, request),
        "chosen_state": chosen,
        "states": [
            (state.value, state.label, in_state[state])
            for state in Delivery.State
            if in_state[state]
        ],
        "counts": [
            (Delivery.Channel(channel).label, Delivery.State(state), number)
            for channel, state, number in counts
        ],
        "readers": readers_of(broadcast),
        "is_moving": any(
            state == Delivery.State.WAITING and channel in SENDING for channel, state, _n in counts
        ),
        "retriable": states_of(broadcast).retriable().count(),
        "to_do_by_hand": sum(
            number
            for channel, state, number in counts
            if state == Delivery.State.WAITING
            and channel in {Delivery.Channel.CALL, Delivery.Channel.LETTER}
        ),
    }
