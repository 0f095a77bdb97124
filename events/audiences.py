"""Whom an organiser writes to about activities: whoever booked, for themselves or for others, as
with every other message about a booking."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from events.message_words import when
from events.models import Activity, ActivityText, Participation, Session
from events.models.activity import ActivityQuerySet
from events.models.booking import ParticipationQuerySet
from events.models.session import SessionQuerySet
from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.accounts.permissions import Permission
from portal.messaging.audiences import Audience, Choice, NoSuchAudience, id_in, register
from tenants.polish import slug

# What somebody chooses from; more words find fewer.
MOST_CHOICES = 20
# Thanks, a thing left behind: dates that are just over come after those to come.
JUST_OVER, OF_THOSE_OVER = timedelta(days=14), 5
_OF_DATE = Q(pool__session=OuterRef("pk")) | Q(pool__course=OuterRef("activity"))


def bookers(participations: ParticipationQuerySet) -> PersonQuerySet:
    return Person.objects.filter(pk__in=participations.values("booking__booker"))


# A date


def _people_of_session(of: str) -> PersonQuerySet:
    date = id_in(of)
    is_theirs = Q(pool__session=date) | Q(pool__course__sessions=date)
    return bookers(Participation.objects.with_a_place().filter(is_theirs))


def _name_of_session(of: str) -> str:
    return _dated(_session(id_in(of)))


def _sessions_to_choose(words: str) -> Sequence[Choice]:
    now = timezone.now()
    dates = _about(Session.objects.exclude(pool=None), words).select_related("activity")
    dates = dates.exclude(status__in=[Session.Status.DRAFT, Session.Status.CANCELLED])
    over = _just_over(dates, now)
    coming = dates.upcoming(now).in_order().prefetch_related("activity__texts")
    found = [*coming[: MOST_CHOICES - len(over)], *over]
    return [_choice(session) for session in found]


def _just_over(dates: SessionQuerySet, now: datetime) -> list[Session]:
    over = dates.filter(ends_at__range=(now - JUST_OVER, now)).order_by("-starts_at", "id")
    return list(over.prefetch_related("activity__texts")[:OF_THOSE_OVER])


def _choice(session: Session) -> Choice:
    return Choice(
        of=str(session.pk),
        label=session.activity.title,
        note=when(session.starts_at, session.ends_at),
    )


# A waiting list, of a date or of a course


def _people_in_line(of: str) -> PersonQuerySet:
    either = id_in(of)
    is_theirs = Q(pool__session=either) | Q(pool__course=either)
    waiting = Participation.objects.filter(is_theirs, status=Participation.Status.WAITING)
    return bookers(waiting)


def _name_of_line(of: str) -> str:
    either = id_in(of)
    course = Activity.objects.filter(pk=either).with_texts().first()
    what = course.title if course else _dated(_session(either))
    return _("Waiting list: %(what)s") % {"what": what}


def _lines_to_choose(words: str) -> Sequence[Choice]:
    """Those somebody waits in."""
    waiting = Participation.objects.filter(status=Participation.Status.WAITING)
    dates = _about(Session.objects.taking_place().upcoming(), words).filter(
        Exists(waiting.filter(_OF_DATE))
    )
    found = list(
        dates.select_related("activity")
        .prefetch_related("activity__texts")
        .in_order()[:MOST_CHOICES]
    )
    choices: dict[str, Choice] = {}
    for session in found:
        of = str(session.activity_id if session.activity.is_course else session.pk)
        choices.setdefault(of, replace(_choice(session), of=of))
    return list(choices.values())


# A course as a whole


def _people_of_course(of: str) -> PersonQuerySet:
    return bookers(Participation.objects.with_a_place().filter(pool__course=id_in(of)))


def _name_of_activity(of: str) -> str:
    return _activity(id_in(of)).title


def _courses_to_choose(words: str) -> Sequence[Choice]:
    return _activities_to_choose(Activity.objects.exclude(pool=None), words)


# All dates of one activity still to come


def _people_of_series(of: str) -> PersonQuerySet:
    coming = Session.objects.filter(activity=id_in(of)).taking_place().upcoming()
    return bookers(Participation.objects.with_a_place().filter(pool__session__in=coming))


def _name_of_series(of: str) -> str:
    return _("%(title)s, all dates to come") % {"title": _activity(id_in(of)).title}


def _series_to_choose(words: str) -> Sequence[Choice]:
    return _activities_to_choose(
        Activity.objects.filter(kind=Activity.Kind.OPEN_SERIES, takes_bookings=True), words
    )


def _activities_to_choose(activities: ActivityQuerySet, words: str) -> Sequence[Choice]:
    """Those that still take place, the soonest first."""
    coming = Session.objects.filter(activity=OuterRef("pk")).taking_place().upcoming().in_order()
    found = (
        activities.published()
        .filter(_said(words, "pk"))
        .annotate(next_start=coming.values("starts_at")[:1], next_end=coming.values("ends_at")[:1])
        .exclude(next_start=None)
        .with_texts()
        .order_by("next_start", "id")[:MOST_CHOICES]
    )
    return [
        Choice(
            of=str(one.pk),
            label=one.title,
            note=pgettext("date of an activity", "next: %(when)s")
            % {"when": when(vars(one)["next_start"], vars(one)["next_end"])},
        )
        for one in found
    ]


# What they have in common


def _session(pk: UUID) -> Session:
    found = Session.objects.select_related("activity").prefetch_related("activity__texts")
    try:
        return found.get(pk=pk)
    except Session.DoesNotExist:
        raise NoSuchAudience(str(pk)) from None


def _activity(pk: UUID) -> Activity:
    try:
        return Activity.objects.with_texts().get(pk=pk)
    except Activity.DoesNotExist:
        raise NoSuchAudience(str(pk)) from None


def _dated(session: Session) -> str:
    moment = when(session.starts_at, session.ends_at)
    return _("%(title)s, %(when)s") % {"title": session.activity.title, "when": moment}


def _about(dates: SessionQuerySet, words: str) -> SessionQuerySet:
    return dates.filter(_said(words, "activity"), activity__status=Activity.Status.PUBLISHED)


def _said(words: str, activity: str) -> Q:
    """Every word is in the title, or in the address, which has no Polish letters."""
    found = Q()
    prefix = "" if activity == "pk" else f"{activity}__"
    for word in words.split():
        title = ActivityText.objects.filter(activity=OuterRef(activity), title__icontains=word)
        found &= Q(Exists(title)) | Q(**{f"{prefix}slug__contains": slug(word)})
    return found


register(
    Audience(
        key="events.session",
        label=gettext_lazy("People with a place on a date"),
        people=_people_of_session,
        name_of=_name_of_session,
        choices=_sessions_to_choose,
        permission=Permission.RUN_EVENTS,
    ),
    Audience(
        key="events.course",
        label=gettext_lazy("People on a course"),
        people=_people_of_course,
        name_of=_name_of_activity,
        choices=_courses_to_choose,
        permission=Permission.RUN_EVENTS,
    ),
    Audience(
        key="events.series",
        label=gettext_lazy("People with a place on any date to come"),
        people=_people_of_series,
        name_of=_name_of_series,
        choices=_series_to_choose,
        permission=Permission.RUN_EVENTS,
    ),
    Audience(
        key="events.waiting_list",
        label=gettext_lazy("People on a waiting list"),
        people=_people_in_line,
        name_of=_name_of_line,
        choices=_lines_to_choose,
        permission=Permission.RUN_EVENTS,
    ),
)
