"""Filters that print facts: ``{{ project.total|amount }}``, ``{{ stage|period }}``."""

from datetime import date, time
from decimal import Decimal
from typing import Protocol

from django import template

from tenants import formats
from tenants.formats import Phone, PhoneError

register = template.Library()


class Lasting(Protocol):
    """What happens between two dates: a project, a stage."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def date_precision(self) -> str: ...


@register.filter
def amount(value: Decimal | None) -> str:
    return "" if value is None else formats.amount(value)


@register.filter
def count(value: int | None) -> str:
    return "" if value is None else formats.count(value)


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else formats.day(value)


@register.filter
def month(value: date | None) -> str:
    return "" if value is None else formats.month(value)


@register.filter
def period(lasting: Lasting) -> str:
    return formats.period(lasting.starts_on, lasting.ends_on, lasting.date_precision)


@register.filter
def hours(opens: time, closes: time) -> str:
    """``{{ opens|hours:closes }}``"""
    return formats.hours(opens, closes)


@register.filter
def phone(value: object) -> Phone:
    """``{% with line=contact.phone|phone %}``: ``line.display``, and ``line.href`` if dialable."""
    try:
        return formats.phone(str(value))
    except PhoneError:
        return Phone(display=str(value), href="")
