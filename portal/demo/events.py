"""What takes place in the demo: halls, activities and their dates, a few weeks around today.

Every date has an id of its own, made of the activity and the day. A start on a later day finds the
dates it made before, leaves them as people have changed them since, and adds those that have come
nearer: the calendar is never empty. Rows are written in bulk and nobody is told anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from cms_pages.projects import project_of_site
from events.models import Activity, ActivityText, Series, Session
from events.recurrence import Span
from events.tasks import refresh_listing
from portal.accounts.models import Person, PrivacyNotice, User
from portal.demo.event_bookings import fill
from portal.demo.event_days import Day, Line, content, days_of
from portal.demo.event_guests import Guests, Places
from portal.demo.made_up import address_in, key_of, mail_domain
from portal.places.models import AccessFacts, Contact, Place, Room
from tenants.models import Tenant

LANGUAGES = ("pl", "en", "uk")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CHECKED_AGO = timedelta(days=60)
# Of the file, by the name of the field.
RULES = (
    "slug", "kind", "status", "audience", "age_min", "age_max", "residents_only", "fee_note",
    "takes_bookings", "needs_approval", "party_limit", "offers_transport", "opens_days_before",
    "closes_hours_before", "cancel_hours_before", "review_note",
)  # fmt: skip


def settle_events(tenant: Tenant, people: Mapping[str, Person]) -> None:
    """Make activities of the bound gmina with whoever takes part; on a later day, the dates that
    are still missing. Everything happens in the caller's transaction.

    Args:
        people: of made_up.toml, by their keys.
    """
    now = timezone.now()
    lines = content()["activities"]
    logins = {
        str(user.email).partition("@")[0]: user
        for user in User.objects.filter(email__endswith=f"@{mail_domain(tenant)}").select_related(
            "person"
        )
    }
    _furnish(tenant)
    before = _stored_activities()
    missing = [line for line in lines if _id(line, tenant) not in before]
    _announce(missing, tenant, logins["organizacja"])
    activities = _stored_activities()
    days = [
        day
        for line in lines
        if _id(line, tenant) in activities and (line in missing or "shown" in line)
        for day in days_of(line, timezone.localdate(now), tenant, is_new=line in missing)
    ]
    guests = Guests(
        tenant=tenant,
        lists=content(),
        people={**people, **{key: user.person for key, user in logins.items()}},
        clerk=logins["osl"].pk,
        notice=PrivacyNotice.objects.first(),
        now=now,
    )
    if _put_on_calendar(days, activities, guests):
        tenant.bump_content_version()
        refresh_listing()


def _stored_activities() -> dict[UUID, Activity]:
    return Activity.objects.in_bulk()


def _id(line: Line, tenant: Tenant) -> UUID:
    return key_of(f"activity {line['key']}", tenant)


def _furnish(tenant: Tenant) -> None:
    venues = content()["venues"]
    checked_on = timezone.localdate() - CHECKED_AGO
    ids = {line["key"]: key_of(f"venue {line['key']}", tenant) for line in venues}
    Place.objects.bulk_create(
        (
            Place(
                pk=ids[line["key"]], name=line["name"], directions=line["directions"],
                ordinal=90, **address_in(tenant, line["number"]),
            )
            for line in venues
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    Room.objects.bulk_create(
        (
            Room(pk=_room_id(line["key"], room["name"], tenant), place_id=ids[line["key"]], **room)
            for line in venues
            for room in line["rooms"]
        ),
        ignore_conflicts=True,
    )
    AccessFacts.objects.bulk_create(
        (
            AccessFacts(
                pk=key_of(f"access {line['key']}", tenant), place_id=ids[line["key"]],
                checked_on=checked_on, **line["access"],
            )
            for line in venues
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _room_id(venue: str, name: str, tenant: Tenant) -> UUID:
    return key_of(f"room {venue} {name}", tenant)


def _announce(lines: Sequence[Line], tenant: Tenant, coordinator: User) -> None:
    """Make activities and their words. An address that somebody has given to another activity
    stays theirs, and there is no activity of ours then."""
    contact = Contact.objects.order_by("-is_lead", "ordinal").first()
    project = _running_project()
    Activity.objects.bulk_create(
        (_activity(line, tenant, contact, project, coordinator) for line in lines),
        ignore_conflicts=True,
    )
    there = _stored_activities()
    lines = [line for line in lines if _id(line, tenant) in there]
    ActivityText.objects.bulk_create(
        ActivityText(
            pk=key_of(f"text {line['key']} {language}", tenant), activity_id=_id(line, tenant),
            language=language, title=line[language]["title"], lead=line[language]["lead"],
            body=line[language].get("body", "").strip(), live="status" not in line,
        )
        for line in lines for language in LANGUAGES if language in line
    )  # fmt: skip
    Series.objects.bulk_create(
        Series(
            pk=_series_id(line, tenant), activity_id=_id(line, tenant),
            first_on=first.on,
            rrule=f"FREQ=WEEKLY;INTERVAL={line.get('every', 1)};BYDAY={DAYS[first.on.weekday()]}",
            starts=time.fromisoformat(line["hours"][0]), ends=time.fromisoformat(line["hours"][1]),
        )
        for line in lines if "shown" in line
        for first in days_of(line, timezone.localdate(), tenant)[:1]
    )  # fmt: skip


def _running_project() -> UUID | None:
    """A made-up activity is not put down to a project that is over."""
    project = project_of_site()
    is_running = project is not None and project.ends_on >= timezone.localdate()
    return project.id if project is not None and is_running else None


def _activity(
    line: Line, tenant: Tenant, contact: Contact | None, project: UUID | None, coordinator: User
) -> Activity:
    first = days_of(line, timezone.localdate(), tenant)[0]
    rules: Line = {name: line[name] for name in RULES if name in line}
    organisation = line.get("organisation")
    return Activity(
        pk=_id(line, tenant),
        contact=None if organisation else contact,
        organisation_id=key_of(organisation, tenant) if organisation else None,
        project=project if "has_project" in line else None,
        fee=Decimal(line.get("fee", 0)),
        pool_id=key_of(first.pool_name, tenant) if line["kind"] == Activity.Kind.COURSE else None,
        proposed_by=coordinator.pk if "status" in line else None,
        **{"status": Activity.Status.PUBLISHED, **rules},
    )


def _series_id(line: Line, tenant: Tenant) -> UUID:
    return key_of(f"series {line['key']}", tenant)


def _put_on_calendar(
    days: Sequence[Day], activities: Mapping[UUID, Activity], guests: Guests
) -> bool:
    """Make the dates that are missing, with their places and whoever takes part; whether there
    were any."""
    made = {session.pk: (day, session) for day, session in _sessions(days, activities, guests)}
    stored = Session.objects.filter(pk__in=made).values_list("pk", flat=True)
    for pk in stored.all():
        del made[pk]
    sessions = [session for _day, session in made.values()]
    Session.objects.bulk_create(sessions, ignore_conflicts=True)
    _meet_elsewhere(made[pk][1] for pk in made.keys() - set(stored.all()))
    of_activity: dict[UUID, list[Session]] = {}
    for session in sessions:
        of_activity.setdefault(session.activity_id, []).append(session)
    places = []
    for day, session in made.values():
        dates = of_activity[session.activity_id] if session.activity.is_course else [session]
        if session.activity.takes_bookings and session is dates[0]:
            pool = key_of(day.pool_name, guests.tenant)
            places.append(
                Places(pool=pool, name=day.name, line=day.line, plan=day.plan, sessions=dates)
            )
    fill(places, guests)
    return bool(made)


def _meet_elsewhere(sessions: Iterable[Session]) -> None:
    """Somebody has the room already: the board in the hall will say where they meet."""
    without_room = list(sessions)
    for session in without_room:
        session.room = None
    Session.objects.bulk_create(without_room)


def _sessions(
    days: Sequence[Day], activities: Mapping[UUID, Activity], guests: Guests
) -> Iterator[tuple[Day, Session]]:
    tenant = guests.tenant
    for day in days:
        line, plan = day.line, day.plan
        activity = activities[_id(line, tenant)]
        planned, span = day.span(), day.span(moved_by=plan.get("moved_by", 0))
        has_own_places = activity.takes_bookings and not activity.is_course
        session = Session(
            pk=key_of(f"session {day.name}", tenant), activity=activity,
            series_id=_series_id(line, tenant) if "shown" in line else None,
            original_start=planned.starts_at if "shown" in line else None,
            starts_at=span.starts_at, ends_at=span.ends_at,
            place_id=key_of(f"venue {line['venue']}", tenant),
            room_id=_room_id(line["venue"], line["room"], tenant) if "room" in line else None,
            pool_id=key_of(day.pool_name, tenant) if has_own_places else None,
            has_sign_language=plan.get("sign_language", False),
            is_easy_to_read=line.get("easy_to_read", False),
            note=str(plan.get("note") or plan.get("cancelled") or ""),
            **_state(activity, plan, planned, span, guests.now),
        )  # fmt: skip
        session.uid = f"{session.pk}@gromada"
        yield day, session


def _state(activity: Activity, plan: Line, planned: Span, span: Span, now: datetime) -> Line:
    if activity.status != Activity.Status.PUBLISHED:
        return {"status": Session.Status.DRAFT}
    if "cancelled" in plan:
        return {"status": Session.Status.CANCELLED, "cancelled_at": now, "sequence": 1}
    if span.ends_at <= now:
        return {"status": Session.Status.HELD}
    if span != planned:
        return {
            "status": Session.Status.RESCHEDULED, "previous_start": planned.starts_at,
            "sequence": 1, "is_modified": True,
        }  # fmt: skip
    return {"status": Session.Status.PUBLISHED}
