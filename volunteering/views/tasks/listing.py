"""My tasks and my hours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.shown import Leaf, Times
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from volunteering.apart import blocks_of_row
from volunteering.contact import distance_band, distance_to
from volunteering.invitation_links import invitation_path
from volunteering.models import Assignment, HelpRequest, HoursEntry, Invitation
from volunteering.task_shown import ShownTask
from volunteering.views.tasks.doors import tasks_of

_GONE = (
    Assignment.Status.CANCELLED_BY_VOLUNTEER,
    Assignment.Status.CANCELLED_BY_REQUESTER,
    Assignment.Status.CANCELLED_BY_STAFF,
    Assignment.Status.NO_SHOW,
)


@dataclass(frozen=True)
class InvitationLine:
    invitation: Invitation

    @property
    def link(self) -> str:
        return invitation_path(self.invitation)

    @property
    def times(self) -> Times:
        return Times(self.invitation.request.starts_at, self.invitation.request.ends_at)

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.times.starts.date())

    @property
    def distance(self) -> str:
        request = self.invitation.request
        return distance_band(distance_to(request, self.invitation.profile))


@dataclass
class Month:
    """Totals are in minutes."""

    first_on: date
    entries: list[HoursEntry] = field(default_factory=list)

    @property
    def total(self) -> int:
        return total_of(self.entries)

    @property
    def confirmed(self) -> int:
        return total_of(one for one in self.entries if one.status == HoursEntry.Status.CONFIRMED)


def total_of(entries: Iterable[HoursEntry]) -> int:
    return sum(one.minutes for one in entries)


@require_safe
@logged_in
def tasks(request: OwnRequest) -> HttpResponse:
    now = timezone.now()
    mine = tasks_of(request.user)
    gone = Q(ends_at__lte=now) | Q(status__in=_GONE)
    coming = mine.exclude(gone).in_order()
    over = page_of(mine.filter(gone).order_by("-starts_at", "-id"), request)
    return TemplateResponse(
        request,
        "volunteering/tasks/tasks.html",
        {
            "invitations": [InvitationLine(one) for one in _open_invitations(request.user.person)],
            "coming": [ShownTask(one) for one in coming],
            "over": [ShownTask(one) for one in over.object_list],
            "pages": over,
        },
    )


@require_safe
@logged_in
def hours(request: OwnRequest) -> HttpResponse:
    """What they gave, month by month of one year, to be printed."""
    entries = HoursEntry.objects.filter(profile__person__in=everybody_who_is(request.user.person))
    years = [day.year for day in entries.dates("on", "year", order="DESC")]
    asked = request.GET.get("rok", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), None)
    rows = (
        entries.filter(on__year=year)
        .select_related("assignment__request", "assignment__shift__opportunity")
        .order_by("-on", "-pk")
    )
    months = _by_month(rows)
    return TemplateResponse(
        request,
        "volunteering/tasks/hours.html",
        {
            "person": request.user.person,
            "years": years,
            "year": year,
            "months": months,
            "total": sum(month.total for month in months),
            "confirmed": sum(month.confirmed for month in months),
        },
    )


def _open_invitations(person: Person) -> Iterable[Invitation]:
    """To be answered still; those between people kept apart are not there."""
    return (
        Invitation.objects.waiting()
        .filter(
            ~Exists(blocks_of_row()),
            profile__person__in=everybody_who_is(person),
            expires_at__gt=timezone.now(),
            request__status=HelpRequest.Status.SEARCHING,
        )
        .select_related("request__district", "profile__district")
        .order_by("expires_at", "pk")
    )


def _by_month(entries: Iterable[HoursEntry]) -> list[Month]:
    months: dict[date, list[HoursEntry]] = defaultdict(list)
    for entry in entries:
        months[entry.on.replace(day=1)].append(entry)
    return [Month(first_on, rows) for first_on, rows in months.items()]
