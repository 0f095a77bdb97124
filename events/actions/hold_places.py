from datetime import datetime

from django.utils import timezone

from events import holding, tasks
from events.availability import check_bookable
from events.busy import in_time
from events.models import BookingDraft
from events.occasions import rules_of
from events.refusals import BookingRefused, TooManyHolds


def hold_places(
    *, draft: BookingDraft, party_size: int, takes_wheelchair_place: bool = False
) -> BookingDraft:
    """Keep places for a form while it is filled in, instead of those it held before.

    Raises:
        NotTakingPlace, NotOpen, Closed: nobody can book now.
        OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease: not so many are free;
            what was held before still is.
        TooManyHolds: the browser holds two sets of places already.
        ValidationError: more people than one booking may have.
    """
    with in_time():
        held = _hold(draft, party_size, takes_wheelchair_place)
    # What was taken back from others for this form stays taken back, also when it did not suffice.
    if isinstance(held, BookingRefused):
        raise held
    return held


def _hold(
    draft: BookingDraft, party_size: int, takes_wheelchair_place: bool
) -> BookingDraft | BookingRefused:
    now = timezone.now()
    forms = _forms_of_browser(draft)
    own = forms.pop(draft.pk, None)
    if own is None:
        raise BookingDraft.DoesNotExist
    if own.booking_id is not None:
        return own
    holding.check_size(own.activity, party_size)
    check_bookable(rules_of(own.pool))
    slot = own.slot or _free_slot(list(forms.values()), now)
    own.takes_wheelchair_place = takes_wheelchair_place
    held = holding.forget_holds(own)
    has = holding.change_or_release(own, party_size, held)
    if has is None:
        holding.keep(own, held)
        return holding.why_full(own.pool_id, party_size, held=held.get(own.pool_id, 0))
    holding.keep(own, has)
    own.slot, own.party_size, own.is_for_waiting_list = slot, party_size, False
    own.held_until = now + holding.LASTS
    own.save(
        update_fields=[
            "slot", "party_size", "is_for_waiting_list", "takes_wheelchair_place", "held_until",
        ]
    )  # fmt: skip
    tasks.free_lapsed_holds.defer_at(own.held_until, pool=str(own.pool_id))
    return own


def _forms_of_browser(draft: BookingDraft) -> dict[object, BookingDraft]:
    """All of them, locked in one order, so that two tabs cannot both take the last slot."""
    rows = BookingDraft.objects.select_for_update(no_key=True, of=("self",))
    of_browser = rows.select_related("activity", "pool").filter(client=draft.client)
    return {form.pk: form for form in of_browser.order_by("pk")}


def _free_slot(others: list[BookingDraft], now: datetime) -> int:
    """A form whose time has passed makes room; its places are freed by whoever needs them."""
    holders = {form.slot: form for form in others if form.slot is not None}
    for slot in holding.SLOTS:
        holder = holders.get(slot)
        if holder is None:
            return slot
        if holder.held_until is not None and holder.held_until <= now:
            holder.slot = holder.held_until = None
            holder.save(update_fields=["slot", "held_until"])
            return slot
    raise TooManyHolds
