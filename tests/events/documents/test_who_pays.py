"""The marks on paper. The registry of projects belongs to the fleet, so this needs real commits."""

from datetime import date

from events.printing.poster import poster_data
from events.printing.sign_in import sign_in_data
from tenants.binding import bind
from tenants.models import Institution, Project, Tenant
from tenants.roles import as_owner
from tests.events.making import make_activity, make_session

TITLE = "Rozwój usług społecznych w powiecie śremskim"


def make_project(key: str, period: str) -> Project:
    leader, _is_new = Institution.objects.get_or_create(kind="leader", name="Lider projektu")
    return Project.objects.create(
        key=key, title=TITLE, leader=leader, funding_period=period, date_precision="day",
        starts_on=date(2024, 1, 1), ends_on=date(2028, 12, 31),
    )  # fmt: skip


def test_the_marks_are_those_of_the_project_that_pays(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with as_owner():
        current, earlier = make_project("teraz", "2021-2027"), make_project("dawniej", "2014-2020")
    last_lines = {
        current: ["Dofinansowane", "przez Unię", "Europejską"],
        earlier: ["Unia Europejska", "Europejski Fundusz", "Społeczny"],
    }
    with bind(srem):
        for project, last in last_lines.items():
            activity = make_activity(project=project.pk)
            session = make_session(activity)
            for said in (poster_data(activity), sign_in_data(session, [])):
                assert [mark["kind"] for mark in said["marks"]] == ["fe", "pl", "eu"]
                assert said["marks"][2]["lines"] == last
                assert TITLE in said["project"]
        # What no project pays for carries nobody's marks, on a site that has projects too.
        for said in (poster_data(free := make_activity()), sign_in_data(make_session(free), [])):
            assert (said["marks"], said["project"]) == ([], "")
