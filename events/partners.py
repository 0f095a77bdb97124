"""What a leader's site shows of its partners: their coming dates, repeated in the registry."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django import forms
from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.days import Chip, DayFilters, DaysForm, between
from events.models import Activity
from events.shown import Times
from portal.notifications.links import on_sibling
from tenants.models import Domain, ListedSession, Municipality, Tenant
from tenants.models.listing import ListedSessionQuerySet


class PartnersForm(DaysForm):
    gmina = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Gmina"), required=False, empty_label=_("every gmina")
    )

    def __init__(self, query: QueryDict, leader_site: Tenant) -> None:
        super().__init__(query, auto_id="f-%s")
        self.fields["gmina"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            partnerships__project__leader_site=leader_site
        ).distinct()


@dataclass(frozen=True, kw_only=True)
class PartnerFilters(DayFilters):
    gmina: Municipality | None = None

    @classmethod
    def from_query(cls, query: QueryDict, leader_site: Tenant) -> Self:
        form = PartnersForm(query, leader_site)
        form.is_valid()
        return cls(**cls.of_days(form), gmina=form.cleaned_data.get("gmina"))

    def other_words(self) -> dict[str, str]:
        return {"gmina": self.gmina.pk if self.gmina else ""}

    @property
    def chips(self) -> list[Chip]:
        chips = super().chips
        if self.gmina:
            chips.append(Chip(self.gmina.name, self.without("gmina"), is_polish=True))
        return chips

    def apply_but_days(self, sessions: ListedSessionQuerySet) -> ListedSessionQuerySet:
        return sessions.filter(tenant__municipality=self.gmina) if self.gmina else sessions

    def apply(self, sessions: ListedSessionQuerySet) -> ListedSessionQuerySet:
        return self.apply_but_days(sessions).filter(between(*self.days))


@dataclass(frozen=True)
class PartnerSession:
    listed: ListedSession

    @cached_property
    def times(self) -> Times:
        return Times(self.listed.starts_at, self.listed.ends_at)

    @property
    def day(self) -> date:
        return self.times.starts.date()

    @property
    def gmina(self) -> str:
        return self.listed.tenant.official_place

    @property
    def audience(self) -> str:
        return str(Activity.Audience(self.listed.audience).label)

    @property
    def is_for_everybody(self) -> bool:
        return self.listed.audience == Activity.Audience.EVERYBODY

    @property
    def url(self) -> str:
        """On the site whose activity it is, in the language being read."""
        language = get_language()
        prefix = f"/{language}" if language not in {None, settings.LANGUAGE_CODE} else ""
        return on_sibling(self.listed.domain, f"{prefix}{self.listed.path}")  # type: ignore[attr-defined]


def coming(leader_site: Tenant) -> ListedSessionQuerySet:
    """Dates of the partners of a leader that are not over, each with its site's ``domain``."""
    primary = Domain.objects.filter(tenant=OuterRef("tenant"), is_primary=True)
    return (
        ListedSession.objects.of_partners(leader_site)
        .filter(ends_at__gt=timezone.now())
        .annotate(domain=Subquery(primary.values("domain")[:1]))
        .order_by("starts_at", "id")
    )
