from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusals import Refused
from portal.audit.models import record
from portal.notifications.models import Delivery
from portal.notifications.trouble import Trouble
from portal.realtime.today import today_changed


class NothingToFinish(Refused):
    """Somebody has dealt with it, or a machine will."""


@transaction.atomic
def finish_delivery(*, delivery: Delivery, acting_user: User, done: bool) -> None:
    """Write down what became of a call, a letter, or a message a machine could not deliver.

    Args:
        done: whether the person knows now; else there was no way to tell them.

    Raises:
        NothingToFinish: a colleague was faster, or nobody has to do anything.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not _is_for_a_human(delivery):
        raise NothingToFinish(_("Somebody has dealt with this message already."))
    if done:
        delivery.close(Delivery.State.DONE, handled_by=acting_user.pk)
    else:
        delivery.close(
            Delivery.State.WITHDRAWN, handled_by=acting_user.pk, error=Trouble.NOT_REACHED.value
        )
    record(
        "delivery.finished",
        actor=acting_user.pk,
        of=delivery,
        person=delivery.person_id,
        done=done,
    )
    today_changed()


def _is_for_a_human(delivery: Delivery) -> bool:
    if delivery.state == Delivery.State.NEEDS_HUMAN:
        return True
    return delivery.state == Delivery.State.WAITING and delivery.channel in {
        Delivery.Channel.CALL,
        Delivery.Channel.LETTER,
    }
