from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.entrance.notices import notify


@transaction.atomic
def forget_second_factor(*, user: User, acting_user: User | None) -> None:
    """For somebody who lost phone and recovery codes, and has shown in person who they are.

    They log in by a code and set up another; until then, if staff, they are nobody.
    """
    Authenticator.objects.filter(user=user).delete()
    user.sessions.all().delete()
    notify(user, "factors_forgotten")
    record(
        "login.factors_forgotten",
        actor=acting_user.pk if acting_user else None,
        of=user,
        person=user.person_id,
    )
