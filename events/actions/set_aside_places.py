from events import capacity
from events.arranging import Places
from events.busy import in_time
from events.models import CapacityPool
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def set_aside_places(*, pool: CapacityPool, places: Places, acting_user: User) -> None:
    """How many places are kept for callers and for wheelchairs, and how many people may wait. Who
    waits already stays in line.

    Raises:
        CapacityBelowTaken: more of them are taken.
    """
    kept = capacity.lock(pool.pk)
    main = kept[CapacityPool.Purpose.GENERAL]
    main.waitlist_limit = places.waitlist_limit
    main.save(update_fields=["waitlist_limit"])
    for purpose, number in places.reserved.items():
        aside = kept.get(purpose)
        if aside is not None and aside.capacity != number:
            capacity.resize(aside.pk, number)
        elif aside is None and number:
            CapacityPool.objects.create(purpose=purpose, main=main, capacity=number)
        else:
            continue
        record(
            "pool.resized", actor=acting_user.pk, of=main, purpose=purpose.value, capacity=number
        )
