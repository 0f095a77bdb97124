"""Dates and times of activities as people say them."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import prose, rules_in_words
from events.days import DayFilters
from events.models import Activity
from events.shown import Times
from tenants import formats

register = template.Library()

# Longer names of days do not fit on the leaf of a calendar.
LONGEST_ON_A_LEAF = 9
_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def weekday(day: date) -> str:
    """``wtorek``; English days keep their capital."""
    name = date_format(day, "l")
    return name if get_language() == "en" else name.lower()


@register.filter
def on_a_leaf(day: date) -> str:
    """``wtorek``, but ``pon.``"""
    name = weekday(day)
    return name if len(name) <= LONGEST_ON_A_LEAF else f"{date_format(day, 'D').lower()}."


@register.filter
def day_in_full(day: date) -> str:
    """``wtorek, 24 listopada 2026 r.``"""
    return f"{weekday(day)}, {formats.day(day)}"


@register.filter
def at_moment(moment: datetime) -> str:
    """``1 grudnia 2026 r., 8:00``"""
    return formats.moment(moment)


@register.filter
def moment_in_full(moment: datetime) -> str:
    """``wtorek, 24 listopada 2026 r., 10:00``"""
    times = Times(moment, moment)
    return f"{weekday(times.starts)}, {formats.moment(moment)}"


@register.filter
def in_words(times: Times) -> str:
    """``wtorek, 10:00–12:00``, or from one day to another."""
    starts, ends = times.starts, times.ends
    if times.is_on_one_day:
        return f"{weekday(starts)}, {formats.hours(starts.time(), ends.time())}"
    return _("from %(start)s to %(end)s") % {
        "start": moment_in_full(starts),
        "end": moment_in_full(ends),
    }


@register.simple_tag
def on_days(filters: DayFilters, first_on: date, last_on: date) -> str:
    """The address of a list with the same filters on other days."""
    return filters.on(first_on, last_on)


@register.filter
def ages(activity: Activity) -> str:
    return rules_in_words.ages(activity)


@register.filter
def fee(activity: Activity) -> str:
    return rules_in_words.fee(activity)


@register.filter
def giving_back(activity: Activity) -> str:
    return rules_in_words.giving_back(activity)


@register.filter
def other_language(code: str) -> str:
    """The language of words that are not in the reader's."""
    return code if code != get_language() else ""


@register.filter
def passages(text: str) -> list[prose.Passage]:
    return prose.passages(text)


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block for machines; nothing in it can end the element or be run."""
    text = json.dumps(data, ensure_ascii=False).translate(_IN_A_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped)
