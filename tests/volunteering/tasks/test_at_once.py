"""Many press at one moment: one place is taken once, one report is one report."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import make_invitation, make_request, make_volunteer
from tests.volunteering.tasks.links import link
from volunteering.models import Assignment, Invitation, SafetyReport

TIMES = 4


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    barrier, answers = Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            barrier.wait(30)
            answers.append(act())
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def post(srem: Tenant, address: str, **answers: str) -> Callable[[], int]:
    return lambda: SiteClient(srem).post(address, answers).status_code


def test_one_place_is_for_one_of_them(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        asked = make_request()
        invitations = [
            make_invitation(asked, make_volunteer(name))
            for name in ("Ewa Kos", "Jan Lis", "Ola Kot")
        ]
    yes = [link(srem, invitation, "tak") for invitation in invitations]
    answers = at_once([post(srem, address) for address in yes for _press in range(TIMES)])
    assert sorted(answers) == [302] * TIMES + [409] * 2 * TIMES
    with bind(srem):
        task = Assignment.objects.select_related("invitation").get()
        assert task.invitation is not None
        assert task.invitation.status == "accepted"
        assert Invitation.objects.filter(status="withdrawn").count() == 2
        assert Message.objects.filter(kind="volunteering/found").count() == 1
    # Where there is room for all, all may come: it is the place that decides, not the race.
    with bind(srem):
        wide = make_request(people_needed=3, starts_at=None)
        wide.starts_at, wide.ends_at = (
            asked.ends_at,
            asked.ends_at + (asked.ends_at - asked.starts_at),
        )
        wide.save()
        profiles = [invitation.profile for invitation in invitations]
        others = [make_invitation(wide, profile) for profile in profiles]
    answers = at_once([post(srem, link(srem, one, "tak")) for one in others])
    assert answers == [302, 302, 302]


def test_a_report_pressed_many_times_is_one(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        invitation = make_invitation(make_request(), make_volunteer())
    SiteClient(srem).post(link(srem, invitation, "tak"))
    address = link(srem, invitation, "zgloszenie-zagrozenia")
    same = post(srem, address, words="To samo.", keep_apart="on")
    assert at_once([same] * TIMES) == [302] * TIMES
    with bind(srem):
        assert SafetyReport.objects.count() == 1
        assert Message.objects.filter(kind="volunteering/danger").count() == 1
    different = [post(srem, address, words=f"Co innego: {number}.") for number in range(TIMES)]
    assert at_once(different) == [302] * TIMES
    with bind(srem):
        assert SafetyReport.objects.count() == 1 + TIMES
