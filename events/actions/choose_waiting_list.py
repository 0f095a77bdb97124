from events import holding, waiting
from events.availability import check_bookable
from events.busy import in_time
from events.models import BookingDraft
from events.occasions import rules_of
from events.refusals import OpportunityIsFull


@in_time()
def choose_waiting_list(*, draft: BookingDraft, party_size: int) -> BookingDraft:
    """Fill in the form for the waiting list; places it held are given back.

    Raises:
        NotTakingPlace, NotOpen, Closed: nobody can book now.
        OpportunityIsFull: the waiting list is full as well.
        ValidationError: more people than one booking may have.
    """
    own = holding.locked(draft)
    if own.booking_id is not None:
        return own
    holding.check_size(own.activity, party_size)
    check_bookable(rules_of(own.pool))
    if not waiting.has_room(own.pool, party_size):
        raise OpportunityIsFull(has_waiting_list=False)
    holding.let_go(own)
    own.party_size, own.is_for_waiting_list = party_size, True
    own.takes_wheelchair_place = False
    own.save(
        update_fields=[
            "slot", "held_until", "party_size", "is_for_waiting_list", "takes_wheelchair_place",
        ]
    )  # fmt: skip
    return own
