from events import waiting
from events.busy import in_time
from events.capacity import lock, resize
from events.models import CapacityPool
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def set_capacity(*, pool: CapacityPool, capacity: int, acting_user: User | None) -> None:
    """Set how many places there are; new ones go to whoever waits.

    Raises:
        CapacityBelowTaken: more are taken than there would be.
    """
    main = pool.main_id or pool.pk
    lock(main)
    resize(pool.pk, capacity)
    waiting.offer_free_places(main)
    record(
        "pool.resized", actor=acting_user.pk if acting_user else None, of=pool,
        before=pool.capacity, capacity=capacity,
    )  # fmt: skip
    pool.refresh_from_db(fields=["capacity", "taken"])
