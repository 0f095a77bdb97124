"""A leader's site lists what its partners announce, and nothing of anybody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tenants.models import Institution, ListedSession, Project, ProjectPartner, Tenant
from tenants.roles import as_owner
from tests.conftest import SiteClient, forget_everything
from tests.events.making import in_days
from tests.events.public.test_agenda import AGENDA, read, titles


@pytest.fixture
def leader(own_database: str) -> Iterator[Tenant]:
    """The site of Kęty as if it were that of a leader, whose partner is Śrem."""
    leader = Tenant.objects.get(domains__domain="kety.localhost")
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    assert srem.municipality is not None
    with as_owner():
        Tenant.objects.filter(pk=leader.pk).update(kind="leader", municipality=None)
        project = Project.objects.create(
            key="proba", title="Próba", starts_on="2026-01-01", ends_on="2029-01-01",
            leader_site=leader, date_precision="day",
            leader=Institution.objects.create(name="Lider", kind="unit"),
        )  # fmt: skip
        ProjectPartner.objects.create(
            project=project, ordinal=1, municipality=srem.municipality, name="Śrem"
        )
    forget_everything()
    yield Tenant.objects.get(pk=leader.pk)
    forget_everything()


def announce(title: str, days: float, *, of: str = "srem", **facts: object) -> None:
    starts_at = in_days(days)
    ListedSession.objects.create(
        tenant=Tenant.objects.get(domains__domain=f"{of}.localhost"), session=uuid4(),
        title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
        path=f"/wydarzenia/{title.lower()}/",
        **{"place": "Świetlica", "audience": "seniors", "is_free": True, **facts},
    )  # fmt: skip


def test_leader_lists_coming_dates_of_its_partners(
    leader: Tenant, as_site: type[SiteClient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = as_site(leader)
    empty = read(reader)
    assert "The partners have not announced any events yet" in empty
    announce("Spacer", 2)
    announce("Chór", 9, is_cancelled=True, audience="everybody", is_free=False)
    announce("Minione", -2)
    announce("Obce", 2, of="kety")
    text = read(reader)
    assert titles(text) == ["Spacer", "Chór"]
    assert 'href="http://srem.localhost:8000/en/wydarzenia/spacer/"' in text
    assert 'href="http://srem.localhost:8000/wydarzenia/spacer/"' in read(reader, "/wydarzenia/")
    assert "Gmina Śrem, Świetlica" in text
    assert "For seniors" in text
    assert "<s>Chór</s>" in text
    assert text.count("Free of charge") == 1
    assert not reader.get(AGENDA).cookies

    teryt = Tenant.objects.get(domains__domain="srem.localhost").municipality_id
    assert titles(read(reader, f"{AGENDA}?gmina={teryt}&kiedy=tydzien")) == ["Spacer"]
    assert re.findall(r">([^<(]*) \((\d)\)</a>", text)[0] == ("All", "2")
    odd = read(reader, f"{AGENDA}?gmina=1213043&od=x")
    assert titles(odd) == ["Spacer", "Chór"]
    assert "left it out: From day, Gmina." in odd
    assert "No events match what you chose" in read(reader, f"{AGENDA}?kiedy=dzis")

    for number in range(60):
        announce(f"Kolejne-{number}", 20)
    with django_assert_max_num_queries(12):
        many = read(reader)
    assert len(titles(many)) == 25
    assert 'rel="next"' in many
    for path in ("miesiac/2026-12/", "spacer/"):
        assert reader.get(f"{AGENDA}{path}").status_code == 404, path


def test_home_of_a_leader_names_what_comes_next(leader: Tenant, as_site: type[SiteClient]) -> None:
    announce("Spacer", 2)
    announce("Odwołane", 1, is_cancelled=True)
    text = read(as_site(leader), "/en/")
    assert titles(text) == ["Spacer"]
    assert 'href="http://srem.localhost:8000/en/wydarzenia/spacer/"' in text
