from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Person, PrivacyNotice, User
from portal.entrance.addresses import LoginAddress


class AddressTaken(Exception):
    """The address has a login."""


def new_login(
    *,
    address: LoginAddress,
    first_name: str,
    last_name: str,
    language: str,
    notice: PrivacyNotice | None,
) -> User:
    """A login and its person, in the caller's transaction; the address was shown to be theirs.

    Always a person of its own, never one the office already knows: staff compare and merge.

    Raises:
        AddressTaken: perhaps only a moment ago.
    """
    names = {"first_name": first_name, "last_name": last_name}
    try:
        with transaction.atomic():
            person = Person.objects.create(
                **names,
                email=address.email,
                phone=address.phone,
                channel=Person.Channel.EMAIL if address.is_email else Person.Channel.SMS,
                language=language,
                notice=notice,
            )
            return User.objects.create_user(
                email=address.email or None,
                phone=address.phone or None,
                phone_verified_at=None if address.is_email else timezone.now(),
                person=person,
                **names,
            )
    except IntegrityError:
        raise AddressTaken from None
