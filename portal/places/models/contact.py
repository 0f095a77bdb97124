from dataclasses import dataclass
from typing import ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.places.models.hours import Weekday
from portal.places.models.place import Place, Room
from portal.places.phones import PHONE_FORMAT, PHONE_LENGTH, readable
from tenants.keys import UuidModel


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_phones(self) -> Self:
        """With numbers, room and place, all in the one query."""
        phones = ContactPhone.objects.filter(contact=OuterRef("pk")).order_by("ordinal", "number")
        return self.select_related("room", "place").annotate(
            phone_rows=ArraySubquery(phones.values(json=JSONObject(number="number", label="label")))
        )


@dataclass(frozen=True, slots=True)
class PhoneLine:
    number: str
    label: str

    def __str__(self) -> str:
        return self.number


class Contact(UuidModel, ClusterableModel):
    """Whom to ask about what. The role comes first; people change, roles stay."""

    role = models.CharField(
        _("role"), max_length=120, help_text=_("“Social services organiser”, “Main number”.")
    )
    topics = models.TextField(
        _("in which matters"), blank=True, help_text=_("In words people use, not names of units.")
    )
    person_name = models.CharField(
        _("name of the person"),
        max_length=120,
        blank=True,
        help_text=_("Only if the person agreed to it; the role is enough."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("place"),
    )
    room = models.ForeignKey(
        Room,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("room"),
    )
    duty = models.CharField(
        _("when"), max_length=200, blank=True, help_text=_("“On Wednesdays in Napachanie”.")
    )
    duty_days = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        verbose_name=_("duty days"),
        default=list,
        blank=True,
        size=7,
    )
    is_lead = models.BooleanField(
        _("first contact"),
        default=False,
        help_text=_("Its first number stands at the top of every page."),
    )
    ordinal = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("ordinal", "role")
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = (
            models.UniqueConstraint(
                fields=["is_lead"],
                condition=Q(is_lead=True),
                name="contact_one_lead",
                violation_error_message=_("Another contact is the first one; unmark it first."),
            ),
            models.CheckConstraint(
                condition=Q(duty_days__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="contact_duty_days_known",
            ),
        )

    def __str__(self) -> str:
        return self.role

    @property
    def numbers(self) -> list[PhoneLine]:
        """The numbers in order; no query after ``with_phones()``."""
        rows = getattr(self, "phone_rows", None)
        if rows is None:
            rows = self.phones.values("number", "label")
        return [PhoneLine(**row) for row in rows]

    @property
    def duty_day_names(self) -> list[str]:
        return [str(Weekday(day).label) for day in sorted(self.duty_days)]


class ContactPhone(UuidModel):
    sort_order_field = "ordinal"  # Wagtail's name for „editors drag the rows into order”

    contact = ParentalKey(Contact, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("number"), max_length=PHONE_LENGTH)
    label = models.CharField(
        _("note"), max_length=60, blank=True, help_text=_("“mobile”, “after 15:30”")
    )
    ordinal = models.PositiveSmallIntegerField(_("order"), default=0, editable=False)

    class Meta:
        ordering = ("ordinal", "number")
        verbose_name = _("phone number")
        verbose_name_plural = _("phone numbers")
        constraints = (
            models.UniqueConstraint(fields=["contact", "number"], name="contact_phone_once"),
            models.CheckConstraint(
                condition=Q(number__regex=PHONE_FORMAT), name="contact_phone_format"
            ),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        super().clean()
        self.number = readable(self.number, field="number")
