"""What carries messages: the same few words about a mail server, an SMS provider and a folder."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from django.conf import settings

from portal.notifications.models import Delivery, Message
from tenants.binding import current_schema


class Line(Protocol):
    """Open for as long as there is something to send; talks to nobody before the first message."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        """Hand over one copy; returns the carrier's id of it, or "".

        Args:
            settle: to be called before anything leaves that could be accepted: waits until the
                copy before this one is surely marked.

        Raises:
            Refused: it will never be accepted as it is.
            NotNow: it may be accepted later.
            LineDown: the carrier cannot be talked to.
        """
        ...


class Unconnected:
    """What a line without a connection has to open and close: nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


def forget_files(deliveries: Iterable[UUID]) -> None:
    """Where messages become files they are erased like rows."""
    if settings.MAIL_TRANSPORT == "files" or settings.SMS_BACKEND == "files":
        for pk in deliveries:
            for file in Path(settings.DATA_FOLDER).glob(f"*/{current_schema()}/{pk}.*"):
                file.unlink()


def written_to_folder(name: str, content: bytes, *, channel: str) -> None:
    """Put a message where a developer finds it: DATA_FOLDER/mail/<schema>/<name>.

    Whole or not at all, and once: the name is the delivery's.
    """
    folder = Path(settings.DATA_FOLDER) / channel / current_schema()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)
