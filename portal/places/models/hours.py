from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from portal.places.models.place import Place
from tenants.keys import UuidModel


class Weekday(models.IntegerChoices):
    """ISO 8601: the week starts on Monday."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


def _seconds(field: str) -> Func:
    return Func(
        F(field),
        template="extract(epoch from (%(expressions)s)::time)::int",
        output_field=models.IntegerField(),
    )


# PostgreSQL has no range of times; seconds since midnight stand in for it.
_OPEN = Func(
    _seconds("opens"),
    _seconds("closes"),
    function="int4range",
    output_field=IntegerRangeField(),
)


class OpeningHours(UuidModel):
    """The place is open on this weekday, from … to …; a day with a break has two rows."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ("place", "weekday", "opens")
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="hours_close_after_opening",
                violation_error_message=_("Closing comes after opening."),
            ),
            models.UniqueConstraint(
                fields=["place", "weekday", "opens"], name="hours_opening_once"
            ),
            # Checked when the transaction ends: an editor may swap morning and afternoon.
            ExclusionConstraint(
                name="hours_do_not_overlap",
                expressions=[("place", "="), ("weekday", "="), (_OPEN, "&&")],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two times of one day overlap."),
            ),
        )

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningExceptionQuerySet(models.QuerySet["OpeningException"]):
    def upcoming(self, *, days: int = 60) -> "OpeningExceptionQuerySet":
        today = timezone.localdate()
        return self.filter(on__range=(today, today + timedelta(days=days)))


class OpeningException(UuidModel):
    """A date with other hours, or without any: leave both times empty for a closed day."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="opening_exceptions")
    on = models.DateField(_("date"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("“The telephone works until 15:30.”")
    )

    objects = OpeningExceptionQuerySet.as_manager()

    class Meta:
        ordering = ("place", "on", "opens")
        verbose_name = _("day with other hours")
        verbose_name_plural = _("days with other hours")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="exception_closed_or_span",
                violation_error_message=_(
                    "Give both times, closing after opening, or leave both empty for a closed day."
                ),
            ),
            models.UniqueConstraint(
                fields=["place", "on", "opens"],
                name="exception_opening_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
