"""When people are left alone: between 20:00 and 8:00 of the clock in Poland."""

from datetime import datetime, time, timedelta

from django.utils import timezone

FROM, UNTIL = time(20), time(8)


def is_quiet(moment: datetime) -> bool:
    return not UNTIL <= timezone.localtime(moment).time() < FROM


def next_waking_moment(moment: datetime) -> datetime:
    """``moment`` itself by day, else 8:00 of the morning that follows."""
    if not is_quiet(moment):
        return moment
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=local.time() >= FROM)
    return timezone.make_aware(datetime.combine(day, UNTIL))
