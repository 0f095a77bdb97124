from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.places.hours import Day, Timetable, timetable_of
from portal.places.phones import PHONE_FORMAT, PHONE_LENGTH, readable
from tenants.keys import UuidModel

if TYPE_CHECKING:
    from portal.places.models.access import AccessFacts


class PlaceQuerySet(models.QuerySet["Place"]):
    def main(self) -> "Place | None":
        """The place people mean by „the office”."""
        return self.filter(is_main=True).first()

    def with_hours(self) -> Self:
        """Ready for ``timetable()``: hours and exceptions come in the same query."""
        hours, exceptions = (
            apps.get_model("places", model)._default_manager.filter(place=OuterRef("pk"))
            for model in ("OpeningHours", "OpeningException")
        )
        return self.annotate(
            hours_rows=ArraySubquery(
                hours.values(json=JSONObject(weekday="weekday", opens="opens", closes="closes"))
            ),
            exception_rows=ArraySubquery(
                exceptions.order_by("on", "opens").values(
                    json=JSONObject(on="on", opens="opens", closes="closes", note="note")
                )
            ),
        )

    def with_access(self) -> Self:
        return self.prefetch_related("access_facts")


class Place(UuidModel, ClusterableModel):
    """A building people come to. A blank field is not known and is printed as not known."""

    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("town or village"), max_length=80, blank=True)
    directions = models.TextField(
        _("how to get there"),
        blank=True,
        help_text=_("In words: the nearest stop, the entrance, where to park."),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    phone = models.CharField(_("phone"), max_length=PHONE_LENGTH, blank=True)
    is_main = models.BooleanField(
        _("main place"),
        default=False,
        help_text=_("Its address and hours stand in the footer and on the contact page."),
    )
    by_appointment = models.BooleanField(
        _("by appointment"),
        default=False,
        help_text=_("People come at an agreed time; say in the hours when to call."),
    )
    closed_until = models.DateField(
        _("closed until"), null=True, blank=True, help_text=_("The last closed day.")
    )
    closed_note = models.CharField(_("why it is closed"), max_length=200, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[PlaceQuerySet] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("ordinal", "name")
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = (
            models.UniqueConstraint(
                fields=["is_main"],
                condition=Q(is_main=True),
                name="place_one_main",
                violation_error_message=_("Another place is the main one; unmark it first."),
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{2}-\d{3}$"),
                name="place_postcode_format",
                violation_error_message=_("A postcode looks like 63-100."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=PHONE_FORMAT), name="place_phone_format"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_position_whole",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.phone = readable(self.phone, field="phone")

    @property
    def address_lines(self) -> list[str]:
        """``["ul. Kościelna 46", "63-100 Śrem"]``, as much of it as is known."""
        town = f"{self.postcode} {self.city}".strip()
        return [line for line in (self.street, town) if line]

    @property
    def access(self) -> "AccessFacts | None":
        """What is known about getting into the building itself, not into one of its rooms."""
        return next((facts for facts in self.access_facts.all() if facts.room_id is None), None)

    def timetable(self) -> Timetable:
        """Hours of the place, for printing and for asking; see :mod:`portal.places.hours`.

        Two queries; none after ``with_hours()``.
        """
        hours = getattr(self, "hours_rows", None)
        exceptions = getattr(self, "exception_rows", None)
        if hours is None:
            hours = self.opening_hours.values("weekday", "opens", "closes")
        if exceptions is None:
            exceptions = self.opening_exceptions.values("on", "opens", "closes", "note")
        return timetable_of(
            hours,
            exceptions,
            closed_until=self.closed_until,
            closed_note=self.closed_note,
            by_appointment=self.by_appointment,
        )

    def week(self) -> list[Day]:
        """The seven rows of the table of hours, as of today."""
        return self.timetable().rows(timezone.localdate())

    def special_days(self) -> list[Day]:
        return self.timetable().special_days(timezone.localdate())

    def today(self) -> Day:
        today = timezone.localdate()
        return self.timetable().on(today, today=today)

    def is_open_at(self, moment: datetime) -> bool:
        return self.timetable().is_open_at(moment)


class Room(UuidModel):
    place = ParentalKey(
        Place, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("place")
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("As on the door: “room 3”, “the hall”.")
    )
    floor = models.CharField(_("floor"), max_length=40, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    class Meta:
        ordering = ("place", "name")
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = (
            models.UniqueConstraint(fields=["place", "name"], name="room_name_once"),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gt=0), name="room_has_seats"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.floor})" if self.floor else self.name
