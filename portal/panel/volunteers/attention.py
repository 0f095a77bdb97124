"""What volunteers ask of the office today: the blocks of the Today page."""

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.panel.attention import SHOWN, Block, Line, first_of
from portal.panel.moments import since
from portal.panel.volunteers.hours import in_hours, waiting
from portal.panel.volunteers.listing import SOON, rows_of
from volunteering.gaps import GAPS, having, with_gaps
from volunteering.models import VolunteerProfile

_SOON = [gap.code for gap in GAPS if gap.is_soon]


def new_volunteers() -> Block:
    """Whoever offers to help should not wait for us."""
    new = VolunteerProfile.objects.filter(status=VolunteerProfile.Status.APPLIED)
    new = new.select_related("person", "district").order_by("created_at", "id")
    shown, count = first_of(new)
    return Block(
        key="new-volunteers",
        heading=_("People who offer to help"),
        count=count,
        url=f"{reverse('panel:volunteers:list')}?stan=applied",
        lines=[
            Line(
                due=since(profile.created_at),
                kind=str(profile.district),
                title=str(profile.person),
                url=reverse("panel:volunteers:profile", args=[profile.pk]),
            )
            for profile in shown
        ],
    )


def papers_lapsing() -> Block:
    """Agreements, checks and consents of active volunteers that end within 30 days."""
    lapsing = having(with_gaps(VolunteerProfile.objects.active()), _SOON)
    shown, count = first_of(lapsing.select_related("person", "district").in_order())
    return Block(
        key="papers-of-volunteers",
        heading=_("Papers of volunteers that end soon"),
        count=count,
        url=f"{reverse('panel:volunteers:list')}?brak={SOON}&stan=active",
        lines=[
            Line(
                due=_("within 30 days"),
                kind=str(row.profile.district),
                title=str(row.profile.person),
                note=", ".join(str(gap.label) for gap in row.gaps if gap.is_soon),
                url=reverse("panel:volunteers:profile", args=[row.profile.pk]),
            )
            for row in rows_of(shown)
        ],
    )


def hours_to_confirm() -> Block:
    """A line for each volunteer, whoever waits longest first."""
    by_volunteer = (
        waiting()
        .values(
            "profile_id", "profile__person__first_name",
            "profile__person__last_name",
        )
        .annotate(since=Min("logged_at"), minutes=Sum("minutes"), number=Count("id"))
        .order_by("since", "profile_id")
    )  # fmt: skip
    shown = list(by_volunteer[: SHOWN + 1])
    return Block(
        key="hours-of-volunteers",
        heading=_("Hours of volunteers to confirm"),
        count=len(shown) if len(shown) <= SHOWN else by_volunteer.count(),
        url=reverse("panel:volunteers:hours"),
        lines=[
            Line(
                due=since(row["since"]),
                kind=in_hours(row["minutes"]),
                title=" ".join(
                    (
                        row["profile__person__first_name"],
                        row["profile__person__last_name"],
                    )
                ).strip(),
                note=ngettext("%(number)d task", "%(number)d tasks", row["number"])
                % {"number": row["number"]},
                url=f"{reverse('panel:volunteers:hours')}#w-{row['profile_id']}",
            )
            for row in shown[:SHOWN]
        ],
    )
