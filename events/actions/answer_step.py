from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from events.models import BookingDraft


@transaction.atomic
def answer_step(*, draft: BookingDraft, answers: Mapping[str, Any]) -> BookingDraft:
    """Keep what was answered at some steps; None forgets a step.

    Two tabs may answer two steps at once, so the row is read again under its lock. A form that was
    sent in meanwhile stays as it was sent.
    """
    locked = BookingDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.booking_id is None:
        kept = {**locked.answers, **answers, "language": get_language() or "pl"}
        locked.answers = {step: answer for step, answer in kept.items() if answer is not None}
        locked.save(update_fields=["answers"])
    return locked
