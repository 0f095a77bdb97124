from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person, PrivacyNotice
from tenants.keys import UuidModel
from tenants.polish import sort_key
from volunteering.vocabulary import Language, Skill, Transport

ADULT = 18


class District(UuidModel):
    """A part of the gmina: a village, an estate. All that matching knows of where people live, so
    its point is rounded to a hundredth of a degree, about a kilometre."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    latitude = models.DecimalField(_("latitude"), max_digits=4, decimal_places=2)
    longitude = models.DecimalField(_("longitude"), max_digits=5, decimal_places=2)
    sort_key = models.CharField(max_length=170, editable=False, default="")

    class Meta:
        verbose_name = _("part of the gmina")
        verbose_name_plural = _("parts of the gmina")
        ordering = ("sort_key",)
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude__range=(48, 56), longitude__range=(13, 25)),
                name="district_in_poland",
                violation_error_message=_(
                    "This point is not in Poland. Latitude is 49 to 55, longitude 14 to 24."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)[:170]
        super().save(*args, **kwargs)


class VolunteerProfileQuerySet(models.QuerySet["VolunteerProfile"]):
    def active(self) -> Self:
        return self.filter(status=VolunteerProfile.Status.ACTIVE)

    def in_order(self) -> Self:
        return self.order_by("person__sort_key", "id")


class VolunteerProfile(UuidModel):
    """What somebody can do for others, and when."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("new")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("has a break")
        ENDED = "ended", _("ended")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.APPLIED: frozenset({Status.ACTIVE, Status.ENDED}),
        Status.ACTIVE: frozenset({Status.PAUSED, Status.ENDED}),
        Status.PAUSED: frozenset({Status.ACTIVE, Status.ENDED}),
        Status.ENDED: frozenset({Status.APPLIED}),
    }
    RADII: ClassVar[tuple[int, ...]] = (1, 3, 5, 10, 20)

    person = models.OneToOneField(Person, models.CASCADE, related_name="volunteer")
    status = models.CharField(max_length=7, choices=Status, default=Status.APPLIED)
    # Until when the break lasts; null until they say otherwise.
    paused_until = models.DateField(_("until"), null=True, blank=True)
    skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), default=list, blank=True,
        verbose_name=_("what you can help with"),
    )  # fmt: skip
    languages = ArrayField(
        models.CharField(max_length=3, choices=Language), default=list,
        verbose_name=_("languages"),
    )  # fmt: skip
    district = models.ForeignKey(
        District, models.PROTECT, related_name="volunteers", verbose_name=_("part of the gmina")
    )
    # Kilometres; null is the whole gmina.
    radius_km = models.PositiveSmallIntegerField(_("how far"), null=True, blank=True)
    transport = models.CharField(
        _("how you get around"), max_length=7, choices=Transport, default=Transport.FOOT
    )
    weekly_hours = models.PositiveSmallIntegerField(_("hours a week"), default=2)
    # Null: an adult, who need not say more.
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    # Wants to help children; the background check decides.
    with_children = models.BooleanField(_("also with children"), default=False)
    # Said to the organiser only.
    about = models.CharField(_("what we should know"), max_length=500, blank=True)
    notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # A new one makes every earlier link to the profile's pages worthless.
    link_version = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[VolunteerProfileQuerySet] = VolunteerProfileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("profile of a volunteer")
        verbose_name_plural = _("profiles of volunteers")
        indexes = (models.Index(fields=["district"], name="volunteer_by_district"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(weekly_hours__gte=1, weekly_hours__lte=40), name="volunteer_hours"
            ),
            models.CheckConstraint(
                condition=Q(radius_km__isnull=True) | Q(radius_km__gte=1), name="volunteer_radius"
            ),
            models.CheckConstraint(
                condition=Q(status="paused") | Q(paused_until__isnull=True),
                name="volunteer_break_has_an_end_only_while_it_lasts",
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1), name="volunteer_speaks_something"
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    def age_on(self, day: date) -> int | None:
        """Completed years; None of an adult who has not said."""
        if self.born_on is None:
            return None
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday)

    def is_minor_on(self, day: date) -> bool:
        age = self.age_on(day)
        return age is not None and age < ADULT

    def change_status(self, status: "VolunteerProfile.Status", until: date | None = None) -> None:
        """
        Raises:
            ValidationError: no such change from where they are now.
        """
        if status not in self.FOLLOWS[self.status]:
            raise ValidationError(_("Somebody has changed this meanwhile. Look again."))
        self.status = status
        self.paused_until = until if status == self.Status.PAUSED else None
        self.save(update_fields=["status", "paused_until"])


class AvailabilityWindow(UuidModel):
    """A time of every week when a volunteer can help, by the clock in Poland."""

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="windows")
    # Monday is 0.
    weekday = models.PositiveSmallIntegerField()
    # Minutes after midnight; 1440 is midnight at the end of the day.
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("time when a volunteer can help")
        verbose_name_plural = _("times when volunteers can help")
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="window_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts"), ends__lte=1440), name="window_ends_after_start"
            ),
            # Windows that meet are one window: a task may lie across their border.
            ExclusionConstraint(
                name="window_apart_from_others",
                expressions=(
                    ("profile", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts"),
                            F("ends"),
                            models.Value("[]"),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts}-{self.ends}"


class Absence(UuidModel):
    """Days when a volunteer cannot help: a holiday, a stay in hospital. Nobody asks why."""

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="absences")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("first_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="absence_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first_on} - {self.last_on}"

    @property
    def is_over(self) -> bool:
        return self.last_on < timezone.localdate()
