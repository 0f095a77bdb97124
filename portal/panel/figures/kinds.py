"""What is counted, and how that is said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events import figures as events
from portal.panel.figures.period import Period
from volunteering import figures as volunteering


@dataclass(frozen=True, slots=True)
class Kind:
    """
    Attributes:
        rows: of the period, each with ``month``, ``project`` and ``who``.
        number: what is counted of them.
        has_projects: whether the rows may belong to one.
        per: by how much the counted number is divided: minutes are shown as hours.
    """

    key: str
    label: Promise
    meaning: Promise
    rows: Callable[[Period], "QuerySet[Any, Any]"]
    number: Aggregate
    has_projects: bool = False
    per: int = 1


_PEOPLE = Count("who", distinct=True)

KINDS = (
    Kind(
        key="attended",
        label=_("People who took part"),
        meaning=_(
            "Everybody who was written down as there, counted once a month however often they"
            " came. Whoever was excused or did not come is not counted, nor are cancelled dates."
        ),
        rows=lambda period: events.attended(period.since, period.until),
        number=_PEOPLE,
        has_projects=True,
    ),
    Kind(
        key="booked",
        label=_("People who booked a place"),
        meaning=_(
            "Everybody with a place on a date of the month, counted once a month; of a course, in"
            " every month in which it meets. Places given back, the waiting list and cancelled"
            " dates are not counted."
        ),
        rows=lambda period: events.booked(period.since, period.until),
        number=_PEOPLE,
        has_projects=True,
    ),
    Kind(
        key="hours",
        label=_("Hours of volunteering"),
        meaning=_(
            "Hours the office has confirmed, by the day on which they were given. Hours that wait"
            " to be confirmed are not counted yet. Help belongs to no project."
        ),
        rows=lambda period: volunteering.hours_confirmed(period.first, period.last_day),
        number=Sum("minutes"),
        per=60,
    ),
    Kind(
        key="volunteers",
        label=_("Active volunteers"),
        meaning=_(
            "Volunteers who did at least one task or shift in the month, counted once a month."
        ),
        rows=lambda period: volunteering.tasks_done(period.since, period.until),
        number=_PEOPLE,
    ),
    Kind(
        key="asked",
        label=_("Requests for help"),
        meaning=_("By the day on which somebody asked, also those that were called off later."),
        rows=lambda period: volunteering.requests_sent(period.since, period.until),
        number=Count("pk"),
    ),
    Kind(
        key="met",
        label=_("Requests that were met"),
        meaning=_(
            "Of the requests of the month, those for which help is arranged or was given by now."
        ),
        rows=lambda period: volunteering.requests_met(period.since, period.until),
        number=Count("pk"),
    ),
)
BY_KEY = {kind.key: kind for kind in KINDS}
