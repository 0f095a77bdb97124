"""Calling a shift off, by itself or with its opportunity: whoever has a place is told."""

from datetime import datetime

from events.capacity import give_back
from volunteering.models import Assignment, Shift
from volunteering.shift_messages import tell_shift_cancelled


def call_off(shift: Shift, note: str, now: datetime) -> list[Assignment]:
    """
    Args:
        shift: locked; not called off yet.
        note: what volunteers should know.

    Returns:
        The tasks that fell with it.
    """
    shift.cancelled_at, shift.note = now, note or shift.note
    shift.sequence += 1
    shift.save(update_fields=["cancelled_at", "note", "sequence"])
    tasks = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(shift=shift, status__in=Assignment.ACTIVE)
        .select_related("profile__person")
        .in_order()
    )
    for task in tasks:
        task.status, task.ended_at = Assignment.Status.CANCELLED_BY_STAFF, now
        task.sequence += 1
    Assignment.objects.bulk_update(tasks, ["status", "ended_at", "sequence"])
    if tasks:
        give_back(shift.pool_id, len(tasks))
        tell_shift_cancelled(shift, [task.profile.person for task in tasks])
    return tasks
