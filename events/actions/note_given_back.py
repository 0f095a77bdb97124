from django.db import transaction
from django.utils import timezone

from events.models import BookingDraft

KEY = "odwolane"


@transaction.atomic
def note_given_back(*, draft: BookingDraft) -> None:
    """Remember on the form that its sender gave the booking back: its confirmation says so, also
    where the booking had nobody who was not on the list before."""
    locked = BookingDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    locked.answers = {**locked.answers, KEY: timezone.now().isoformat()}
    locked.save(update_fields=["answers"])
