"""Opportunities for volunteers in the demo, with shifts of the coming weeks."""

from collections.abc import Sequence

from django.utils import timezone

from events.models import CapacityPool
from portal.demo.made_up import key_of
from portal.demo.town import Line, Town, content
from portal.places.models import Place
from volunteering.models import Application, Assignment, Opportunity, Shift, VolunteerProfile


def offer(town: Town) -> None:
    """Opportunities with shifts of this week's list."""
    now, lines = timezone.now(), content()["opportunities"]
    place = Place.objects.filter(pk=key_of("venue hall", town.tenant)).first()
    organisation = key_of("foundation", town.tenant)
    opportunities = {
        line["key"]: Opportunity(
            pk=key_of(f"opportunity {line['key']}", town.tenant),
            organisation_id=organisation if "by_organisation" in line else None,
            status=line.get("status", "published"), slug=line["slug"], title=line["title"],
            lead=line["lead"], description=line["description"], place=place,
            required_skills=line["required"], min_age=line.get("min_age", 16),
            with_minors=line.get("with_minors", False),
            chooses_volunteers=line.get("chooses", False), created_by=town.clerk.pk,
            published_at=None if "status" in line else now,
        )
        for line in lines
    }  # fmt: skip
    Opportunity.objects.bulk_create(opportunities.values(), ignore_conflicts=True)
    there = set(Opportunity.objects.values_list("pk", flat=True))
    _put_shifts(
        town,
        [(opportunities[line["key"]], line) for line in lines
         if opportunities[line["key"]].pk in there],
        [profile for profile in town.profiles if profile.status == VolunteerProfile.Status.ACTIVE],
    )  # fmt: skip


def _put_shifts(
    town: Town,
    offered: Sequence[tuple[Opportunity, Line]],
    profiles: Sequence[VolunteerProfile],
) -> None:
    """Shifts of this week's list that are not there yet. Whoever has one comes to no other of the
    same time: each shift takes its people from another place of the list."""
    wanted = {
        key_of(f"shift {opportunity.pk} {town.monday} {number}", town.tenant): (opportunity, shift)
        for opportunity, line in offered
        for number, shift in enumerate(line["shifts"])
    }
    there = set(Shift.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    pools, shifts, tasks, applications = [], [], [], {}
    turn = 0
    for pk, (opportunity, (days, begins, ends, places, taken)) in wanted.items():
        if pk in there:
            continue
        pools.append(
            CapacityPool(pk=key_of(f"pool {pk}", town.tenant), capacity=places, taken=taken)
        )
        shift = Shift(
            pk=pk, opportunity=opportunity, pool=pools[-1], place=opportunity.place,
            starts_at=town.at(days, begins), ends_at=town.at(days, ends),
        )  # fmt: skip
        shifts.append(shift)
        for profile in profiles[7 + turn : 7 + turn + taken]:
            tasks.append(
                Assignment(
                    pk=key_of(f"task {pk} {profile.pk}", town.tenant), shift=shift, profile=profile,
                    starts_at=shift.starts_at, ends_at=shift.ends_at,
                )
            )  # fmt: skip
            key = key_of(f"application {opportunity.pk} {profile.pk}", town.tenant)
            applications[key] = Application(
                pk=key, opportunity=opportunity, profile=profile, status="accepted",
                decided_at=timezone.now(),
            )  # fmt: skip
        turn += taken
    CapacityPool.objects.bulk_create(pools)
    Shift.objects.bulk_create(shifts)
    Assignment.objects.bulk_create(tasks)
    Application.objects.bulk_create(applications.values(), ignore_conflicts=True)
