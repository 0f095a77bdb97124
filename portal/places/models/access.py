from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from portal.places.models.place import Place, Room
from tenants.keys import UuidModel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Known(models.TextChoices):
    """Nobody looked yet is an answer of its own and is printed as such, never as „no”."""

    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


def _fact(label: "StrOrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=7, choices=Known, default=Known.UNKNOWN)


def _note() -> "models.CharField[str, str]":
    return models.CharField(_("note"), max_length=200, blank=True)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about access: what it is about, what is known, and the note to it."""

    name: str
    label: str
    value: Known
    note: str

    @property
    def is_known(self) -> bool:
        return self.value != Known.UNKNOWN


class AccessFacts(UuidModel):
    """What somebody with a wheelchair, a hearing aid or a dog needs to know before coming."""

    FACTS = (
        "step_free",
        "lift",
        "toilet",
        "induction_loop",
        "quiet_room",
        "assistance_dog",
        "parking",
        "bus_stop",
    )

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="access_facts")
    room = models.ForeignKey(
        Room,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="access_facts",
        verbose_name=_("room"),
        help_text=_("Leave empty for the building as a whole."),
    )
    step_free = _fact(_("entrance without steps"))
    step_free_note = _note()
    lift = _fact(_("lift"))
    lift_note = _note()
    toilet = _fact(_("toilet for wheelchair users"))
    toilet_note = _note()
    induction_loop = _fact(_("induction loop"))
    induction_loop_note = _note()
    quiet_room = _fact(_("quiet room"))
    quiet_room_note = _note()
    assistance_dog = _fact(_("assistance dogs welcome"))
    assistance_dog_note = _note()
    parking = _fact(_("parking place for people with disabilities"))
    parking_note = _note()
    bus_stop = _fact(_("bus stop nearby"))
    bus_stop_note = _note()
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ("place", "room")
        verbose_name = _("access")
        verbose_name_plural = _("access")
        constraints = (
            models.UniqueConstraint(
                fields=["place", "room"], name="access_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=reduce(
                    and_,
                    (
                        Q(**{f"{fact}__in": ["unknown", "yes", "no"]})
                        for fact in (
                            "step_free", "lift", "toilet", "induction_loop",
                            "quiet_room", "assistance_dog", "parking", "bus_stop",
                        )
                    ),
                ),
                name="access_answers_known",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.room or self.place)

    def facts(self) -> list[Fact]:
        """Every line, in the order people ask."""
        fields: dict[str, Any] = {field.name: field for field in self._meta.fields}
        return [
            Fact(
                name=name,
                label=str(fields[name].verbose_name),
                value=Known(getattr(self, name)),
                note=getattr(self, f"{name}_note"),
            )
            for name in self.FACTS
        ]

    def is_stale(self, today: date) -> bool:
        """Nobody has looked for a year, or ever."""
        return self.checked_on is None or (today - self.checked_on).days > 365
