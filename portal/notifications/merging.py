"""What becomes of messages and choices when two people turn out to be one."""

from django.utils import timezone

from portal.accounts.merging import on_clash
from portal.accounts.models import Person
from portal.notifications.models import ChannelChoice, Delivery


@on_clash(Delivery)
def _once_is_enough(row: Delivery, _kept: Person) -> None:
    """The kept person gets the same message; the other copy stays as a trace."""
    if row.state == Delivery.State.WAITING:
        row.state, row.finished_at = Delivery.State.WITHDRAWN, timezone.now()
        row.save(update_fields=["state", "finished_at"])


@on_clash(ChannelChoice)
def _a_refusal_stays(row: ChannelChoice, kept: Person) -> None:
    if not row.is_wanted:
        kept.channel_choices.filter(category=row.category).update(is_wanted=False)
    row.delete()
