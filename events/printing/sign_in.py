"""The sheet people sign on the spot: evidence of who took part, with the marks of who pays."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.models import Session
from events.printing.typesetting import pdf
from events.printing.words import day_in_words, frame, hours_of, where

# For those who come without a booking.
EMPTY_ROWS = 5
# A sheet without names is to be filled in by hand: two pages of it.
ROWS_WITHOUT_NAMES = 22


def sign_in_sheet_pdf(session: Session, lines: Sequence[str]) -> bytes:
    """A4 across, of one date.

    Args:
        lines: the names, in the order they are to be printed in.
    """
    return pdf("sign_in", sign_in_data(session, lines))


def sign_in_data(session: Session, lines: Sequence[str]) -> dict[str, Any]:
    title = session.activity.title
    names = list(lines)
    return {
        **frame(
            _("Sign-in sheet: %(title)s, %(day)s") % {"title": title, "day": day_in_words(session)},
            project=session.activity.project,
        ),
        "heading": _("Sign-in sheet"),
        "title": title,
        "text_language": session.activity.text.language if session.activity.text else "pl",
        "facts": [
            [_("Date"), day_in_words(session)],
            [_("Hours"), hours_of(session)],
            [_("Place"), ", ".join(where(session)) or "–"],
        ],
        "columns": [_("No."), _("First name and last name"), _("Signature")],
        "names": names,
        "empty": EMPTY_ROWS if names else ROWS_WITHOUT_NAMES,
        "footer": ", ".join([title, day_in_words(session), hours_of(session)]),
        "led_by": _("Led by (name and signature):"),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
