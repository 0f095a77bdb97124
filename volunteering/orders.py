"""What somebody asks for, as it was answered in the form or written down by a clerk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.party import BookerContact
from volunteering.models import HelpRequest
from volunteering.vocabulary import Kind, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpOrder:
    """
    Attributes:
        key: of the form; the same one is the same request.
        asker: the card of whoever asks, where we know it; else ``contact`` says who it is.
        helped: somebody else who is to be helped, by their name.
        helped_card: the same, where whoever asks lives with them or cares for them.
        has_agreed: that somebody else agrees to it.
        languages: at least one of them has to be spoken.
    """

    key: UUID
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    district: UUID
    asker: UUID | None = None
    contact: BookerContact | None = None
    helped: BookerContact | None = None
    helped_card: UUID | None = None
    has_agreed: bool = True
    details: str = ""
    languages: tuple[str, ...] = (Language.POLISH,)
    channel: HelpRequest.Channel = HelpRequest.Channel.WEB
