from django.db import transaction

from portal.accounts.models import PrivacyNotice, User
from portal.audit.models import record
from portal.entrance.addresses import LoginAddress
from portal.entrance.logins import new_login


@transaction.atomic
def sign_up(
    *,
    address: LoginAddress,
    first_name: str,
    last_name: str,
    language: str,
    notice: PrivacyNotice | None,
) -> User:
    """A resident who has shown that the address is theirs; they act for themselves.

    Raises:
        AddressTaken: somebody else was faster.
    """
    user = new_login(
        address=address,
        first_name=first_name,
        last_name=last_name,
        language=language,
        notice=notice,
    )
    record(
        "user.signed_up",
        actor=user.pk,
        of=user,
        person=user.person_id,
        notice=str(notice.pk) if notice else "",
    )
    return user
