from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity
from events.models.booking import WaitlistEntry
from events.models.pool import CapacityPool
from portal.places.models import Place, Room
from tenants.keys import UuidModel


class Series(UuidModel):
    """How the dates of an activity were made: an RRULE (RFC 5545) in the wall time of Warsaw.

    A generator only: a date, once made, is a :class:`Session` with a life of its own.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="series")
    # Without DTSTART: "FREQ=WEEKLY;BYDAY=TU;COUNT=10".
    rrule = models.CharField(max_length=200)
    # Wall time, without a zone on purpose: 10:00 stays 10:00 when the clocks change.
    first_on = models.DateField(_("first date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    skipped_on = ArrayField(models.DateField(), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.rrule


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> Self:
        """What everybody may see; cancelled ones stay to be seen as cancelled."""
        return self.filter(
            activity__status=Activity.Status.PUBLISHED, status__in=Session.SEEN_BY_ALL
        )

    def taking_place(self) -> Self:
        return self.filter(status__in=Session.TAKING_PLACE)

    def upcoming(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__gt=now or timezone.now())

    def in_order(self) -> Self:
        return self.order_by("starts_at", "id")

    def of_pools(self, pools: Iterable[UUID] | models.QuerySet[Any]) -> Self:
        """Dates with their own places in one of these pools, or of a course that has its places
        there.

        Two look-ups that an index can answer, which OR between the two tables is not.
        """
        own = Session.objects.filter(pool__in=pools).values("pk")
        of_courses = Session.objects.filter(activity__pool__in=pools).values("pk")
        return self.filter(pk__in=own.union(of_courses))

    def of_pool_in(self, column: str) -> Self:
        """The same inside a subquery: of the pool that each row outside names in this column."""
        course = Activity.objects.filter(pool=OuterRef(OuterRef(column))).values("pk")
        return self.filter(Q(pool=OuterRef(column)) | Q(activity=Subquery(course)))

    def with_everything(self) -> Self:
        """Ready for lists: activity with its texts, places, access and numbers, in a fixed number
        of queries."""
        return (
            self.select_related("activity__pool", "activity__organisation", "pool", "room", "place")
            .prefetch_related("activity__texts", "place__access_facts")
            .annotate(
                people_waiting=Coalesce(
                    Subquery(
                        WaitlistEntry.objects.filter(
                            pool=Coalesce(OuterRef("pool"), OuterRef("activity__pool")),
                            state__in=["waiting", "offered"],
                        )
                        .order_by()
                        .values("pool")
                        .values_list(Sum("size"))
                    ),
                    0,
                )
            )
        )


class Session(UuidModel):
    """One date of an activity."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("not public yet")
        PUBLISHED = "published", _("takes place")
        RESCHEDULED = "rescheduled", _("moved")
        CANCELLED = "cancelled", _("cancelled")
        HELD = "held", _("has taken place")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.PUBLISHED, Status.CANCELLED}),
        Status.PUBLISHED: frozenset({Status.RESCHEDULED, Status.CANCELLED, Status.HELD}),
        Status.RESCHEDULED: frozenset({Status.RESCHEDULED, Status.CANCELLED, Status.HELD}),
        Status.CANCELLED: frozenset(),
        Status.HELD: frozenset(),
    }
    TAKING_PLACE = (Status.PUBLISHED, Status.RESCHEDULED)
    SEEN_BY_ALL = (Status.PUBLISHED, Status.RESCHEDULED, Status.CANCELLED, Status.HELD)

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    # The date the series gave it: made once, however often the generator runs.
    original_start = models.DateTimeField(null=True, blank=True, editable=False)
    is_modified = models.BooleanField(default=False, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    status = models.CharField(max_length=11, choices=Status, default=Status.DRAFT)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="sessions",
        verbose_name=_("place"),
    )  # fmt: skip
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="sessions",
        verbose_name=_("room"),
    )  # fmt: skip
    # Null: no bookings, or those of the whole course.
    pool = models.OneToOneField(
        CapacityPool, models.PROTECT, null=True, blank=True, related_name="session"
    )
    has_sign_language = models.BooleanField(_("sign-language interpreter (PJM)"), default=False)
    has_captions = models.BooleanField(_("captions"), default=False)
    is_easy_to_read = models.BooleanField(_("easy-to-read materials"), default=False)
    # Said to everybody: why it was moved or cancelled, what to do instead.
    note = models.CharField(_("what people should know"), max_length=300, blank=True)
    # iCalendar (RFC 5545): UID never changes, SEQUENCE grows with every change that matters.
    uid = models.CharField(max_length=120, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    previous_start = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = (
            models.Index(fields=["starts_at", "id"], name="session_in_order"),
            models.Index(fields=["activity", "starts_at"], name="session_of_activity"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The end comes before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["series", "original_start"], name="session_made_once_by_series"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="session_cancelled_at_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=True) | Q(place__isnull=False),
                name="session_room_is_somewhere",
            ),
            ExclusionConstraint(
                name="session_room_taken_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(room__isnull=False) & ~Q(status="cancelled"),
                violation_error_message=_("Something else takes place in this room then."),
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.uid:
            self.uid = f"{self.pk}@gromada"
        super().save(*args, **kwargs)

    @property
    def places(self) -> CapacityPool | None:
        """Where its bookings take places from: its own pool, or the course's."""
        return self.activity.pool if self.activity.is_course else self.pool

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED
