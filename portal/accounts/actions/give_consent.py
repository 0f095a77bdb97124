from django.db import transaction

from portal.accounts.consents import current_text
from portal.accounts.models import Consent, ConsentPurpose, Person, User
from portal.audit.models import record


@transaction.atomic
def give_consent(
    *,
    person: Person,
    purpose: ConsentPurpose | str,
    means: Consent.Means | str,
    acting_user: User | None,
) -> Consent:
    """Write down that somebody agreed to the words in force; harmless when they already have.

    Raises:
        Person.DoesNotExist: merged or erased in the meantime.
    """
    locked = Person.objects.current().select_for_update().get(pk=person.pk)
    actor = acting_user.pk if acting_user else None
    consent, made = Consent.objects.get_or_create(
        person=locked,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"text": current_text(purpose), "means": means, "recorded_by": actor},
    )
    if made:
        record(
            "consent.given", actor=actor, of=consent, person=locked.pk, purpose=str(purpose),
            means=str(means),
        )  # fmt: skip
    return consent
