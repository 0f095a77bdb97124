"""Moments as somebody at work reads them: the hour of today, the day of another day."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def since(moment: datetime) -> str:
    """``since 9:14`` of today, ``since 12 May`` of another day."""
    return _("since %(moment)s") % {"moment": at(moment)}


def at(moment: datetime) -> str:
    """``9:14`` of today, ``12 May`` of another day."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return date_format(local, "TIME_FORMAT" if is_today else "MONTH_DAY_FORMAT")


def until(moment: datetime) -> str:
    return _("until %(day)s") % {"day": date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")}
