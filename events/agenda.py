"""What the address of the agenda asks for, and the sessions that answer it.

Whatever cannot be understood is left out and named, so that a link with a slip in it still shows
something. The calendar feed understands the same words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.bookable import BOOKABLE, with_bookable
from events.days import Chip, DayFilters, DaysForm, between
from events.finding import said_about
from events.models import Activity
from events.models.activity import OLDEST
from events.models.session import SessionQuerySet
from portal.places.models import AccessFacts, Known, Place
from tenants.polish import search_key

LONGEST_TEXT = 100


_ON, _OFF = {"1", "on"}, {None, False, "", "0"}


class _Tick(forms.CheckboxInput):
    def __init__(self) -> None:
        super().__init__(attrs={"value": "1"}, check_test=lambda value: value in _ON)

    def format_value(self, value: Any) -> None:
        """Whatever was sent, the box itself stands for 1."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class _YesField(forms.BooleanField):
    """``1``, or what a browser sends for a tick without a value."""

    widget = _Tick

    def to_python(self, value: Any) -> bool:
        if value not in _ON | _OFF:
            raise forms.ValidationError(_("Write 1 or leave it out."))
        return value in _ON


class AgendaForm(DaysForm):
    q = forms.CharField(
        label=_("Word from the title or description"), max_length=LONGEST_TEXT, required=False
    )
    miejsce = forms.ModelChoiceField(
        Place.objects.none(), label=_("Where"), required=False, empty_label=_("anywhere")
    )
    dla = forms.ChoiceField(
        label=_("For whom"),
        choices=[("", _("no matter for whom")), *Activity.Audience.choices],
        required=False,
    )
    wiek = forms.IntegerField(
        label=_("Age of the person who comes"), min_value=0, max_value=OLDEST, required=False
    )
    bezplatne = _YesField(label=_("free of charge"), required=False)
    dostepne = _YesField(label=_("entrance without steps"), required=False)
    wolne = _YesField(label=_("places left"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="f-%s")
        self.fields["miejsce"].queryset = Place.objects.filter(  # type: ignore[attr-defined]
            sessions__activity__status=Activity.Status.PUBLISHED
        ).distinct()


@dataclass(frozen=True, kw_only=True)
class AgendaFilters(DayFilters):
    place: Place | None = None
    audience: str = ""
    age: int | None = None
    is_free: bool = False
    is_step_free: bool = False
    is_bookable: bool = False
    text: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        form = AgendaForm(query)
        form.is_valid()
        given = form.cleaned_data
        text = given.get("q", "")
        return cls(
            **cls.of_days(form),
            place=given.get("miejsce"),
            audience=given.get("dla", ""),
            age=given.get("wiek"),
            is_free=given.get("bezplatne", False),
            is_step_free=given.get("dostepne", False),
            is_bookable=given.get("wolne", False),
            text=text if search_key(text) else "",
        )

    def other_words(self) -> dict[str, str]:
        return {
            "q": self.text,
            "miejsce": str(self.place.pk) if self.place else "",
            "dla": self.audience,
            "wiek": "" if self.age is None else str(self.age),
            "bezplatne": "1" if self.is_free else "",
            "dostepne": "1" if self.is_step_free else "",
            "wolne": "1" if self.is_bookable else "",
        }

    @property
    def chips(self) -> list[Chip]:
        chips = super().chips
        if self.text:
            chips.append(Chip(gettext("“%(words)s”") % {"words": self.text}, self.without("q")))
        if self.place:
            chips.append(Chip(self.place.name, self.without("miejsce"), is_polish=True))
        if self.audience:
            label = str(Activity.Audience(self.audience).label)
            chips.append(Chip(label, self.without("dla")))
        if self.age is not None:
            label = gettext("age: %(years)d") % {"years": self.age}
            chips.append(Chip(label, self.without("wiek")))
        if self.is_free:
            chips.append(Chip(gettext("free of charge"), self.without("bezplatne")))
        if self.is_step_free:
            chips.append(Chip(gettext("entrance without steps"), self.without("dostepne")))
        return chips

    def apply(self, sessions: SessionQuerySet, *, now: datetime | None = None) -> SessionQuerySet:
        """Those of the sessions that are asked for, also past ones: that is for the caller."""
        return self.apply_but_days(sessions, now=now).filter(between(*self.days))

    def apply_but_days(
        self, sessions: SessionQuerySet, *, now: datetime | None = None
    ) -> SessionQuerySet:
        asked = self.apply_but_presets(sessions, now=now)
        return asked.filter(BOOKABLE) if self.is_bookable else asked

    def apply_but_presets(
        self, sessions: SessionQuerySet, *, now: datetime | None = None
    ) -> SessionQuerySet:
        """Without days and places left, which are counted for the chips (``BOOKABLE``)."""
        asked = with_bookable(sessions, now or timezone.now()).filter(self._facts())
        if self.is_step_free:
            asked = asked.filter(_step_free())
        if self.text:
            titles = said_about(self.text).filter(activity=OuterRef("activity"))
            asked = asked.filter(Exists(titles))
        return asked

    def _facts(self) -> Q:
        facts = Q()
        if self.place is not None:
            facts &= Q(place=self.place)
        if self.audience:
            facts &= Q(activity__audience=self.audience)
        if self.age is not None:
            facts &= Q(activity__age_min__isnull=True) | Q(activity__age_min__lte=self.age)
            facts &= Q(activity__age_max__isnull=True) | Q(activity__age_max__gte=self.age)
        if self.is_free:
            facts &= Q(activity__fee=0)
        return facts


def _step_free() -> Q:
    """The building is known to be, and nobody says otherwise of the room."""
    building = AccessFacts.objects.filter(
        place=OuterRef("place"), room__isnull=True, step_free=Known.YES
    )
    room = AccessFacts.objects.filter(room=OuterRef("room"), step_free=Known.NO)
    return Q(Exists(building)) & ~Q(Exists(room))
