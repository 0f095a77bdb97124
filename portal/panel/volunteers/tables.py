"""What is downloaded about volunteers, as rows with headings; no contact data."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from portal.panel.volunteers.hours import InMonth
from portal.panel.volunteers.listing import Row
from volunteering.models import VolunteerProfile
from volunteering.vocabulary import Language, Skill


def volunteers_table(rows: Iterable[Row]) -> list[list[str]]:
    """Reads agreements and the check of each, which the query has to fetch."""
    headings = [
        _("Last name"), _("First name"), _("State"), _("Part of the gmina"), _("Can help with"),
        _("Languages"), _("Hours a week"), _("Also with children"), _("Agreement until"),
        _("Background check until"), _("What is missing"),
    ]  # fmt: skip
    return [headings, *map(_volunteer, rows)]


def _volunteer(row: Row) -> list[str]:
    profile = row.profile
    check = getattr(profile, "background_check", None)
    is_checked = check is not None and check.status == "verified"
    return [
        profile.person.last_name,
        profile.person.first_name,
        str(profile.get_status_display()),
        str(profile.district),
        ", ".join(str(Skill(one).label) for one in profile.skills),
        ", ".join(str(Language(one).label) for one in profile.languages),
        str(profile.weekly_hours),
        _("yes") if profile.with_children else _("no"),
        _agreement(profile),
        _iso(check.recheck_on) if check is not None and is_checked else "",
        ", ".join(str(gap.label) for gap in row.gaps),
    ]


def _agreement(profile: VolunteerProfile) -> str:
    """The day the last one ends; "no end" while one has none."""
    signed = [one for one in profile.agreements.all() if one.status == "signed"]
    if any(one.ends_on is None for one in signed):
        return _("no end")
    return _iso(max((one.ends_on for one in signed if one.ends_on), default=None))


def hours_table(months: Iterable[InMonth]) -> list[list[str]]:
    headings = [
        _("Month"), _("Last name"), _("First name"), _("Hours confirmed"), _("Hours to confirm"),
        _("Hours to clear up"), _("Tasks"),
    ]  # fmt: skip
    return [
        headings,
        *(
            [
                f"{one.month:%Y-%m}", one.last_name, one.first_name, one.confirmed, one.logged,
                one.disputed, str(one.tasks),
            ]
            for one in months
        ),
    ]  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
