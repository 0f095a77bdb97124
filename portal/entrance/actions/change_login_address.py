from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.audit.models import record
from portal.entrance.addresses import LoginAddress
from portal.entrance.logins import AddressTaken


@transaction.atomic
def change_login_address(*, user: User, address: LoginAddress, acting_user: User) -> None:
    """Log in with another e-mail or phone from now on; the person's own follows if it was the same.

    Raises:
        AddressTaken: somebody else's login has it.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    person = Person.objects.select_for_update().get(pk=user.person_id)
    field = "email" if address.is_email else "phone"
    before = str(getattr(user, field) or "")
    setattr(user, field, address.value)
    if not address.is_email:
        user.phone_verified_at = timezone.now()
    try:
        with transaction.atomic():
            user.save(update_fields=[field, "phone_verified_at"])
    except IntegrityError:
        raise AddressTaken from None
    if str(getattr(person, field)) == before:
        setattr(person, field, address.value)
        person.save(update_fields=[field])
    record(
        "login.email_changed" if address.is_email else "login.phone_changed",
        actor=acting_user.pk,
        of=user,
        person=person.pk,
    )
