from events import waiting
from events.busy import in_time
from events.models import CapacityPool


@in_time()
def expire_offers(*, pool: CapacityPool) -> bool:
    """Take back what was offered, or held for a form, and not claimed in time, and serve the line;
    whether there was anything."""
    return waiting.release_overdue(pool.main_id or pool.pk)
