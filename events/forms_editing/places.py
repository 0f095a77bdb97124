"""For how many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.arranging import Places
from events.forms_editing.inputs import NumberField
from events.models import CapacityPool

# A hall, a bus, a meadow; one zero too many is noticed.
MOST = 2_000


class PlacesFields(forms.Form):
    capacity = NumberField(
        label=gettext_lazy("Places for everybody"), least=1, most=MOST, initial=12,
        error_messages={"required": gettext_lazy("Write how many people may come.")},
    )  # fmt: skip
    waitlist_limit = NumberField(
        label=gettext_lazy("Longest waiting list"), most=MOST, required=False,
        help_text=gettext_lazy("Empty: as many as want to. 0: no waiting list."),
    )  # fmt: skip
    desk = NumberField(
        label=gettext_lazy("Besides, places for those who call or come"), most=MOST, initial=0,
        required=False,
        help_text=gettext_lazy("Nobody takes them on the site."),
    )  # fmt: skip
    wheelchair = NumberField(
        label=gettext_lazy("Besides, places for people in wheelchairs"), most=MOST, initial=0,
        required=False,
    )  # fmt: skip

    def drop_places(self) -> None:
        for name in PlacesFields.base_fields:
            del self.fields[name]

    @property
    def places(self) -> Places:
        given = self.cleaned_data
        return Places(
            capacity=given["capacity"],
            waitlist_limit=given["waitlist_limit"],
            desk=given.get("desk") or 0,
            wheelchair=given.get("wheelchair") or 0,
        )


class PlacesForm(PlacesFields):
    @staticmethod
    def as_they_are(pool: CapacityPool | None) -> dict[str, Any]:
        if pool is None:
            return {}
        kept = {aside.purpose: aside.capacity for aside in pool.reserved.all()}
        return {
            "capacity": pool.capacity,
            "waitlist_limit": pool.waitlist_limit,
            "desk": kept.get(CapacityPool.Purpose.DESK, 0),
            "wheelchair": kept.get(CapacityPool.Purpose.WHEELCHAIR, 0),
        }
