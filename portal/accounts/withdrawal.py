"""What else goes when somebody withdraws a consent: each app deletes what it kept because of it."""

from collections.abc import Callable

from portal.accounts.models import Consent, ConsentPurpose, Person

# Called in the transaction of the withdrawal, with a current person.
Consequence = Callable[[Person], None]
_consequences: dict[str, list[Consequence]] = {}


def on_withdrawal(purpose: ConsentPurpose) -> Callable[[Consequence], Consequence]:
    """Decorator: do this when a consent to ``purpose`` ends."""

    def register(consequence: Consequence) -> Consequence:
        _consequences.setdefault(purpose, []).append(consequence)
        return consequence

    return register


def follow_withdrawal(consent: Consent) -> None:
    for consequence in _consequences.get(consent.purpose, ()):
        consequence(consent.person)
