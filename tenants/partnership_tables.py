"""Typed values out of one TOML table, with errors that name the place."""

import calendar
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

Row = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_AMOUNT = re.compile(r"\d{1,12}\.\d{2}")
_HOST_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class PartnershipError(Exception):
    """A partnership file is wrong; the message is one line: file, table and key, what is wrong."""


class Table:
    """One table of a file, ``position`` counting repeated ones from 1.

    What was not read when :meth:`refuse_unread` is called was mistyped.
    """

    def __init__(self, file: str, place: str, values: dict[str, Any], position: int = 1) -> None:
        self.position = position
        self._file = file
        self._place = place
        self._values = values
        self._unread = set(values)

    def error(self, key: str, message: str) -> PartnershipError:
        place = f"{self._place}, {key}" if self._place else key
        return PartnershipError(f"{self._file}: {place}: {message}")

    def refuse_unread(self) -> None:
        for key in sorted(self._unread):
            raise self.error(key, _("is an unknown key."))

    # Required values

    def text(self, key: str) -> str:
        value = self._required(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, _("must be a text in quotes, not empty."))
        return value

    def integer(self, key: str) -> int:
        value = self._required(key)
        if type(value) is not int or value < 0:  # TOML's true is an int to Python
            raise self.error(key, _("must be a whole number."))
        return value

    def day(self, key: str) -> date:
        """A TOML date, or a text ``2024-01-01``."""
        value = self._required(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return self._date(key, value, _DAY)

    def period(self, first: str, last: str, precision: str) -> tuple[date, date]:
        """Two days, or two months widened to the first day of one and the last of the other."""
        if precision == "day":
            starts, ends = self.day(first), self.day(last)
        else:
            starts = self._date(first, self._required(first), _MONTH)
            ends = self._date(last, self._required(last), _MONTH)
            ends = ends.replace(day=calendar.monthrange(ends.year, ends.month)[1])
        if ends < starts:
            raise self.error(last, _("is before the beginning."))
        return starts, ends

    def choice(self, key: str, choices: type[models.TextChoices]) -> str:
        value = self.text(key)
        if value not in choices.values:
            raise self.error(
                key,
                _("%(value)r is not one of: %(known)s.")
                % {"value": value, "known": ", ".join(choices.values)},
            )
        return value

    def host_label(self, key: str) -> str:
        value = self.text(key)
        if not _HOST_LABEL.fullmatch(value):
            raise self.error(key, _("must be lower-case ASCII letters, digits and hyphens."))
        return value

    def only_text(self) -> str:
        """The text of a table that has nothing else."""
        text = self.text("text")
        self.refuse_unread()
        return text

    # Values a source may be silent about

    def optional_text(self, key: str) -> str:
        return self.text(key) if key in self._values else ""

    def optional_integer(self, key: str) -> int | None:
        return self.integer(key) if key in self._values else None

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if key in self._values else None

    def optional_flag(self, key: str) -> bool:
        value = self._required(key) if key in self._values else False
        if not isinstance(value, bool):
            raise self.error(key, _("must be true or false."))
        return value

    def optional_amount(self, key: str) -> Decimal | None:
        if key not in self._values:
            return None
        value = self._required(key)
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            raise self.error(key, _('must be written like "35917986.98", in quotes.'))
        return Decimal(value)

    # Tables inside

    def table(self, key: str) -> "Table":
        value = self._required(key)
        if not isinstance(value, dict):
            raise self.error(key, _("must be a table."))
        return Table(self._file, f"{self._place}, {key}" if self._place else key, value)

    def optional_table(self, key: str) -> "Table | None":
        return self.table(key) if key in self._values else None

    def tables(self, key: str) -> list["Table"]:
        value = self._required(key) if key in self._values else []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, _("must be a list of tables."))
        return [Table(self._file, f"{key} {n}", item, n) for n, item in enumerate(value, start=1)]

    def _required(self, key: str) -> Any:
        if key not in self._values:
            raise self.error(key, _("is missing."))
        self._unread.discard(key)
        return self._values[key]

    def _date(self, key: str, value: Any, form: re.Pattern[str]) -> date:
        if isinstance(value, str) and form.fullmatch(value):
            try:
                return date.fromisoformat(value if form is _DAY else f"{value}-01")
            except ValueError:
                raise self.error(key, _("%(value)s is no date.") % {"value": value}) from None
        example = "2024-01-31" if form is _DAY else "2024-01"
        raise self.error(key, _("must be written like %(example)s.") % {"example": example})
