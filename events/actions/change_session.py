from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from events.listing import listing_changed
from events.models import Session
from events.states import is_public, lock_session
from portal.accounts.models import User
from portal.audit.models import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What may change about a date without anybody having to come elsewhere or at another time."""

    note: str = ""
    has_sign_language: bool = False
    has_captions: bool = False
    is_easy_to_read: bool = False


_FIELDS = ("note", "has_sign_language", "has_captions", "is_easy_to_read")


@transaction.atomic
def change_session(*, session: Session, details: Details, acting_user: User) -> Session:
    """Nobody is told; calendars that follow the feed show it.

    Raises:
        DateIsOver, NotPossibleNow: it has passed, or is cancelled.
    """
    stored = lock_session(session)
    changed = [name for name in _FIELDS if getattr(stored, name) != getattr(details, name)]
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, getattr(details, name))
    stored.sequence += 1
    stored.changed_at = timezone.now()
    stored.save(update_fields=[*changed, "sequence", "changed_at"])
    record("session.changed", actor=acting_user.pk, of=stored, fields=changed)
    if is_public(stored):
        listing_changed()
    return stored
