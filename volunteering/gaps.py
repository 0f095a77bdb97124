"""What the law still asks of a volunteer, or soon will: one condition for each, the same for a
list, a filter, a profile and the Today page. Matching has its own rules, about the day of a task
(``volunteering.matching.edges``); these are about today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteering.matching.edges import SHORT_AGREEMENT_DAYS
from volunteering.models import (
    BackgroundCheck,
    GuardianConsent,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)
from volunteering.models.volunteer import ADULT, VolunteerProfileQuerySet

M = TypeVar("M", bound=Model)
LAPSES_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Gap:
    """``label``: what is the matter, as a word in a list; ``blocks``: what cannot be done, as a
    sentence. ``is_soon``: nothing is blocked yet."""

    code: str
    label: Promise
    blocks: Promise
    is_soon: bool = False


GAPS = (
    Gap("agreement", _("no agreement"), _("Cannot help anybody: no agreement is in force today.")),
    Gap(
        "insurance",
        _("no accident insurance"),
        _(
            "Cannot help anybody: the agreement is for 30 days or less, and no accident insurance"
            " (NNW) covers today."
        ),
    ),
    Gap(
        "guardian",
        _("no consent of a guardian"),
        _("Cannot help anybody: under 18, and no parent or guardian has given consent for today."),
    ),
    Gap(
        "check",
        _("no background check"),
        _("Cannot help children: there is no valid background check."),
    ),
    Gap(
        "agreement_soon",
        _("agreement ends soon"),
        _("The agreement ends within 30 days. Without a new one this person cannot help then."),
        is_soon=True,
    ),
    Gap(
        "guardian_soon",
        _("consent of a guardian ends soon"),
        _("The consent of the guardian ends within 30 days."),
        is_soon=True,
    ),
    Gap(
        "check_soon",
        _("background check lapses soon"),
        _("The background check lapses within 30 days. Do it again to keep helping children."),
        is_soon=True,
    ),
)


def with_gaps(
    profiles: VolunteerProfileQuerySet, today: date | None = None
) -> VolunteerProfileQuerySet:
    """Annotated with ``gap_<code>``: whether it is so of each of them today."""
    today = today or timezone.localdate()
    conditions = _conditions(today)
    return profiles.annotate(
        **{
            f"gap_{gap.code}": ExpressionWrapper(conditions[gap.code], output_field=BooleanField())
            for gap in GAPS
        }
    )


def having(profiles: VolunteerProfileQuerySet, codes: Iterable[str]) -> VolunteerProfileQuerySet:
    """Of those annotated by :func:`with_gaps`, whoever has at least one of these gaps."""
    wanted = Q(pk__in=())
    for code in codes:
        wanted |= Q(**{f"gap_{code}": True})
    return profiles.filter(wanted)


def gaps_of(profile: VolunteerProfile) -> list[Gap]:
    """Of a profile that :func:`with_gaps` annotated; what blocks something comes first."""
    return [gap for gap in GAPS if getattr(profile, f"gap_{gap.code}")]


def _conditions(today: date) -> dict[str, Q]:
    """Code of a gap → what has to be true of a profile."""
    later = today + LAPSES_SOON
    agreements = VolunteerAgreement.objects.filter(profile=OuterRef("pk"), status="signed")
    now, then = _on(agreements, "starts_on", today), _on(agreements, "starts_on", later)
    is_long = Q(ends_on=None) | Q(
        ends_on__gte=F("starts_on") + timedelta(days=SHORT_AGREEMENT_DAYS)
    )
    cover = InsuranceCover.objects.filter(
        profile=OuterRef("pk"), kind="nnw", starts_on__lte=today, ends_on__gte=today
    )
    consents = GuardianConsent.objects.filter(profile=OuterRef("pk"))
    check = BackgroundCheck.objects.filter(profile=OuterRef("pk"), status="verified")
    valid, valid_then = check.filter(recheck_on__gt=today), check.filter(recheck_on__gt=later)
    consented, consented_then = _on(consents, "given_on", today), _on(consents, "given_on", later)
    return {
        "agreement": Q(~Exists(now)),
        "insurance": Q(Exists(now), ~Exists(now.filter(is_long)), ~Exists(cover)),
        "guardian": Q(~Exists(consented), born_on__gt=_years_before(today)),
        "check": Q(~Exists(valid), with_children=True),
        "agreement_soon": Q(Exists(now), ~Exists(then)),
        "guardian_soon": Q(
            Exists(consented), ~Exists(consented_then), born_on__gt=_years_before(later)
        ),
        "check_soon": Q(Exists(valid), ~Exists(valid_then), with_children=True),
    }


def _on(rows: QuerySet[M], begins: str, day: date) -> QuerySet[M]:
    """In force on a day: begun, and not ended before it."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=day), **{f"{begins}__lte": day})


def _years_before(day: date) -> date:
    """Whoever was born after it is a minor on the day; born on 29 February is of age on 1 March."""
    try:
        return day.replace(year=day.year - ADULT)
    except ValueError:
        return day.replace(year=day.year - ADULT, day=28)
