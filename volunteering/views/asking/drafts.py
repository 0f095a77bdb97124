"""The form somebody is filling in. It is kept in the session of their browser, on our side: the
cookie holds nothing of it. A guest's session ends an hour after the last answer, and whoever is
logged in finds the form for a day."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tenants.keys import uuid7

_KEY = "help"
_LASTS = timedelta(days=1)


@dataclass(slots=True)
class Draft:
    """
    Attributes:
        key: sent twice, it is one request.
        answers: step of the form → what was answered there.
        sent: the request it became.
    """

    key: UUID
    language: str
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: UUID | None = None

    @classmethod
    def new(cls) -> Self:
        return cls(key=uuid7(), language=get_language() or "pl")


def draft_of(request: HttpRequest) -> Draft | None:
    """What this browser has begun; None where there is nothing, or too long ago."""
    kept = request.session.get(_KEY)
    if kept is None:
        return None
    if timezone.now().timestamp() - kept["at"] > _LASTS.total_seconds():
        del request.session[_KEY]
        return None
    return Draft(
        key=UUID(kept["key"]),
        language=kept["language"],
        answers=kept["answers"],
        sent=UUID(kept["sent"]) if kept["sent"] else None,
    )


def keep(request: HttpRequest, draft: Draft) -> None:
    request.session[_KEY] = {
        "at": timezone.now().timestamp(),
        "key": str(draft.key),
        "language": draft.language,
        "answers": draft.answers,
        "sent": str(draft.sent) if draft.sent else "",
    }
