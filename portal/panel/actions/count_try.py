from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from portal.notifications.actions.finish_delivery import NothingToFinish
from portal.notifications.models import Delivery
from portal.panel.human_tasks import human_tasks
from portal.realtime.today import today_changed


@transaction.atomic
def count_try(*, delivery: Delivery, acting_user: User) -> None:
    """Somebody called and nobody answered: the task stays, with one more try.

    Raises:
        NothingToFinish: a colleague was faster.
    """
    waiting = human_tasks().select_for_update(of=["self"]).filter(pk=delivery.pk).first()
    if waiting is None:
        raise NothingToFinish(_("Somebody has dealt with this message already."))
    Delivery.objects.filter(pk=waiting.pk).update(attempts=F("attempts") + 1)
    record("delivery.tried", actor=acting_user.pk, of=waiting, person=waiting.person_id)
    today_changed()
