"""Keeping promises: everything that is due by one channel of the bound site goes out, in order.

One drainer at a time works for a site and a channel. It holds a lock of its database session, so
PostgreSQL itself frees it when the worker dies. Each copy is marked in a transaction of its own
right after it was accepted (``portal.notifications.marks``); a worker killed in between leaves one
copy that goes out again, with the same Message-ID.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from portal.notifications.lines import Line
from portal.notifications.mail import mail_line
from portal.notifications.marks import Marks
from portal.notifications.models import Delivery, DeliveryQuerySet, Message
from portal.notifications.sms import sms_line
from portal.notifications.trouble import LineBroke, LineDown, NotNow, Refused, Trouble
from portal.realtime.today import today_changed
from tenants.binding import current_schema

logger = logging.getLogger(__name__)

BATCH = 100
# What is urgent waits no longer than this for the copies read before it.
BATCH_SECONDS = 1.0
# Then the worker turns to other sites, and comes back.
SHIFT_SECONDS = 10.0
BUSY = timedelta(seconds=1)
# A copy in the middle of which the line broke lets others go first.
BROKE_HERE = timedelta(seconds=15)
LONGEST_PAUSE_SECONDS = 20.0
# After the last of these somebody has to look.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))

LINES: dict[Delivery.Channel, Callable[[], Line]] = {
    Delivery.Channel.EMAIL: mail_line,
    Delivery.Channel.SMS: sms_line,
}


@dataclass
class Pause:
    """How long this process leaves a line alone that was down: 1, 2, 4 … 20 seconds.

    All sites share the line, so what one of them finds out spares the others the waiting.
    """

    failures: int = 0
    until: float = 0.0

    def lengthen(self) -> None:
        self.until = monotonic() + min(2.0**self.failures, LONGEST_PAUSE_SECONDS)
        self.failures += 1

    def end(self) -> None:
        self.failures, self.until = 0, 0.0

    @property
    def left(self) -> timedelta:
        return timedelta(seconds=max(0.0, self.until - monotonic()))


_pauses = {channel: Pause() for channel in LINES}


def deliver(channel: Delivery.Channel) -> datetime | None:
    """Send what is due; returns when to look again, None when nothing waits."""
    left_to_human: list[Delivery] = []
    try:
        return _deliver(channel, left_to_human)
    finally:
        # Once, and after the lock: saying so may give the connection back.
        if left_to_human:
            today_changed()


def _deliver(channel: Delivery.Channel, left_to_human: list[Delivery]) -> datetime | None:
    pause = _pauses[channel]
    if pause.left:
        return timezone.now() + pause.left
    with _only_drainer(channel) as is_only:
        if not is_only:
            return timezone.now() + BUSY
        try:
            with LINES[channel]() as line, Marks() as marks:
                _drain(channel, line, marks, pause, left_to_human)
        except LineDown as problem:
            pause.lengthen()
            logger.warning("No %s goes out for %s: %s", channel, pause.left, problem)
            return timezone.now() + pause.left
        return Delivery.objects.next_due_at(channel)


def _drain(
    channel: Delivery.Channel,
    line: Line,
    marks: Marks,
    pause: Pause,
    left_to_human: list[Delivery],
) -> None:
    end = monotonic() + SHIFT_SECONDS
    messages: dict[UUID, Message] = {}
    while monotonic() < end:
        deliveries = _next_batch(channel)
        if not deliveries:
            return
        wanted = {delivery.message_id for delivery in deliveries}
        messages = {pk: messages[pk] for pk in wanted & messages.keys()}
        messages |= Message.objects.in_bulk(wanted - messages.keys())
        batch_end = monotonic() + BATCH_SECONDS
        for delivery in deliveries:
            if _keep(line, marks, delivery, messages[delivery.message_id]):
                left_to_human.append(delivery)
            pause.end()
            if monotonic() > batch_end:
                break


def _next_batch(channel: Delivery.Channel) -> list[Delivery]:
    detail = "person__email" if channel == Delivery.Channel.EMAIL else "person__phone"
    return list(
        Delivery.objects.due(channel).select_related("person").only(
            "message_id", "channel", "language", "is_urgent", "attempts", "address", detail,
            "person__merged_into_id",
        )[:BATCH]
    )  # fmt: skip


def _keep(line: Line, marks: Marks, delivery: Delivery, message: Message) -> bool:
    """One promise: kept, put off, or left to a human; whether it is that."""
    if message.expires_at is not None and message.expires_at <= timezone.now():
        _finish(delivery, Delivery.State.EXPIRED)
        return False
    try:
        provider_id = line.send(delivery, message, marks.settle)
    except Refused as refusal:
        _finish(delivery, Delivery.State.NEEDS_HUMAN, error=refusal.error)
        return True
    except NotNow as answer:
        return _try_later(delivery, Trouble.NOT_YET, Trouble.TRIED_LONG, answer.code)
    except LineBroke:
        _put_off(delivery, BROKE_HERE)
        raise
    except (LineDown, DatabaseError):
        raise
    except Exception as mistake:
        # Of ours, and it must not keep other messages from going out. It may be mended in time.
        logger.exception("Delivery %s could not be prepared.", delivery.pk)
        return _try_later(delivery, Trouble.BROKEN, Trouble.BROKEN, type(mistake).__name__)
    else:
        marks.note_sent(delivery, provider_id)
        return False


def _finish(delivery: Delivery, state: Delivery.State, *, error: str = "") -> None:
    _waiting(delivery).update(
        state=state, finished_at=Now(), error=error, attempts=F("attempts") + 1
    )


def _try_later(delivery: Delivery, trouble: Trouble, at_last: Trouble, code: int | str) -> bool:
    """Whether it was tried long enough and is left to a human."""
    if delivery.attempts >= len(PAUSES):
        _finish(delivery, Delivery.State.NEEDS_HUMAN, error=f"{at_last.value} {code}".strip())
        return True
    _waiting(delivery).update(
        attempts=F("attempts") + 1,
        due_at=Now() + PAUSES[delivery.attempts],
        error=f"{trouble.value} {code}".strip(),
    )
    return False


def _put_off(delivery: Delivery, pause: timedelta) -> None:
    _waiting(delivery).update(due_at=Now() + pause)


def _waiting(delivery: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.waiting().filter(pk=delivery.pk)


@contextmanager
def _only_drainer(channel: Delivery.Channel) -> Iterator[bool]:
    """Whether nobody else sends for this site by this channel, and nobody will until we end."""
    key = [f"deliveries {current_schema()} {channel.value}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        [is_only] = cursor.fetchone()
    try:
        yield is_only
    finally:
        if is_only:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)
