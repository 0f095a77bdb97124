from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging import audiences as registered
from portal.messaging.audiences import Named
from portal.messaging.models import LONGEST_TEXT, Broadcast
from portal.messaging.refusals import AlreadySent, CalledOff, NothingWritten, TooLong

# The same draft by the same person within this time is a second press of the button.
ONCE_IN = timedelta(minutes=10)


@transaction.atomic
def save_broadcast(
    *,
    broadcast: Broadcast | None,
    subject: str,
    text: str,
    audiences: Sequence[Named],
    acting_user: User,
) -> Broadcast:
    """A new draft, or other words and audiences for one; one that was to be sent at a set time
    becomes a draft again, as somebody has to look at it anew.

    Raises:
        NothingWritten, TooLong: it lacks words, or has too many.
        AlreadySent, CalledOff: it is too late to change it.
        NoSuchAudience: an audience is not registered.
    """
    words = {"subject": " ".join(subject.split())[:150], "text": text.strip()}
    if not all(words.values()):
        raise NothingWritten
    if len(words["text"]) > LONGEST_TEXT:
        raise TooLong
    chosen = _each_once(audiences)
    if broadcast is None:
        return _draft(words, chosen, acting_user)
    stored = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if stored.state == Broadcast.State.SENT:
        raise AlreadySent
    if stored.state == Broadcast.State.CANCELLED:
        raise CalledOff
    stored.rewrite(audiences=chosen, **words)
    record("broadcast.saved", actor=acting_user.pk, of=stored)
    return stored


def _each_once(audiences: Sequence[Named]) -> list[Named]:
    chosen: list[Named] = []
    for named in audiences:
        one = Named(key=registered.audience(named["key"]).key, of=str(named["of"]))
        if one not in chosen:
            chosen.append(one)
    return chosen


def _draft(words: dict[str, str], chosen: list[Named], acting_user: User) -> Broadcast:
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=acting_user.pk)
    same = Broadcast.objects.drafts().filter(
        written_by=acting_user.pk, audiences=chosen, created_at__gt=timezone.now() - ONCE_IN,
        send_at=None, **words,
    ).first()  # fmt: skip
    if same is not None:
        return same
    draft = Broadcast.objects.create(written_by=acting_user.pk, audiences=chosen, **words)
    record("broadcast.saved", actor=acting_user.pk, of=draft)
    return draft
