"""One room, one thing at a time: asked before, and kept by the database."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from events.editing_refusals import RoomTaken
from events.models import Session
from events.recurrence import Span
from portal.places.models import Room

_CONSTRAINT = "session_room_taken_once"


def clashes(
    room: Room | None, spans: Sequence[Span], *, besides: Iterable[UUID] = ()
) -> dict[Span, Session]:
    """What takes place in the room at some of these times; one query and its texts.

    Args:
        besides: sessions that do not count, such as the one that is being moved.
    """
    if room is None or not spans:
        return {}
    meets = reduce(
        or_, (Q(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at) for span in spans)
    )
    found = list(
        Session.objects.filter(meets, room=room)
        .exclude(status=Session.Status.CANCELLED)
        .exclude(pk__in=list(besides))
        .select_related("activity")
        .prefetch_related("activity__texts")
        .in_order()
    )
    return {
        span: session
        for span in spans
        for session in reversed(found)
        if session.starts_at < span.ends_at and session.ends_at > span.starts_at
    }


def refuse_clashes(
    room: Room | None, spans: Sequence[Span], *, besides: Iterable[UUID] = ()
) -> None:
    """
    Raises:
        RoomTaken: something else takes place in the room at one of these times.
    """
    found = clashes(room, spans, besides=besides)
    if found:
        raise RoomTaken([(session.starts_at, session.activity.title) for session in found.values()])


@contextmanager
def room_kept() -> Iterator[None]:
    """Around what writes a time or a room: somebody may take the room at the same moment.

    Raises:
        RoomTaken: the database has found something else there.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _CONSTRAINT:
            raise
        raise RoomTaken(()) from error
