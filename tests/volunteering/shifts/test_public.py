"""What everybody reads about opportunities."""

import re
from datetime import UTC
from typing import Any

from portal.places.models import AccessFacts
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_place
from tests.volunteering.making import (
    in_days,
    make_opportunity,
    make_shift,
    make_volunteer,
)
from tests.volunteering.shifts.people import user_of
from volunteering.actions.take_shift import take_shift
from volunteering.models import Opportunity
from volunteering.views.opportunities.listed import listed_opportunities

LIST = "/en/wolontariat/oferty/"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_of_an_opportunity(srem: Tenant) -> None:
    with bind(srem):
        opportunity = make_opportunity(
            place=make_place("Remiza"), min_age=16, required_skills=["lifting"],
            with_minors=True, description="Pakujemy.\n\n- mąka\n- cukier",
        )  # fmt: skip
        AccessFacts.objects.update(lift="no")
        make_shift(opportunity, places=2)
        full = make_shift(opportunity, places=1, starts_at=in_days(8))
        full.pool.taken = 1
        full.pool.save()
        make_shift(opportunity, starts_at=in_days(9), cancelled_at=in_days(1))
        make_shift(opportunity, starts_at=in_days(-9))
    visitor = SiteClient(srem)
    answer = visitor.get(f"/en/wolontariat/oferta/{opportunity.slug}/")
    text = page(answer)
    for said in (
        "Paczki dla seniorów", "Remiza", "Lift", "2 places left out of 2", "No places left",
        "You are at least 16 years old.", "a parent or guardian agrees", "You sign an agreement",
        "background check", "carrying heavy things", "<li>mąka</li>",
    ):  # fmt: skip
        assert said in text, said
    assert len(re.findall(r'<li class="day"', text)) == 2
    assert text.count("Take this shift") == 1
    assert not answer.cookies
    assert visitor.post(f"/en/wolontariat/oferta/{opportunity.slug}/").status_code == 405


def test_what_is_not_public_is_not_there(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        hidden = [
            make_shift(make_opportunity("Tajemnica", status=status))
            for status in ("draft", "submitted", "refused", "closed")
        ]
        public = make_opportunity("Jawna")
    visitor = SiteClient(srem)
    for shift in hidden:
        path = f"/en/wolontariat/oferta/{shift.opportunity.slug}/"
        assert visitor.get(path).status_code == 404
        assert visitor.get(f"/en/wolontariat/dyzur/{shift.pk}/dyzur.ics").status_code == 404
    text = page(visitor.get(LIST))
    assert "Jawna" in text
    assert "Tajemnica" not in text
    neighbour = SiteClient(kety)
    assert neighbour.get(f"/en/wolontariat/oferta/{public.slug}/").status_code == 404
    assert "Nothing is planned just now" in page(neighbour.get(LIST))


def test_the_soonest_free_place_comes_first(srem: Tenant) -> None:
    with bind(srem):
        make_opportunity("Bez dyżurów")
        make_shift(make_opportunity("Późny"), starts_at=in_days(20))
        full = make_shift(make_opportunity("Pełny"), places=1, starts_at=in_days(1))
        take_shift(shift=full, profile=make_volunteer(), acting_user=user_of("osl"))
        make_shift(make_opportunity("Wczesny"), starts_at=in_days(3), places=4)
        found = [(one.title, one.free) for one in listed_opportunities()]  # type: ignore[attr-defined]
        assert found[:2] == [("Wczesny", 4), ("Późny", 5)]
        assert set(found[2:]) == {("Bez dyżurów", None), ("Pełny", 0)}
    text = page(SiteClient(srem).get(LIST))
    assert "All shifts are full" in text
    assert "No fixed hours" in text


def test_three_hundred_cost_what_ten_do(
    srem: Tenant, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    visitor = SiteClient(srem)
    with bind(srem):
        for _each in range(10):
            make_shift(make_opportunity())
    visitor.get(LIST)
    with django_assert_max_num_queries(12) as few:
        assert "10 opportunities" in page(visitor.get(LIST))
    number_for_ten = len(few)
    with bind(srem):
        first = Opportunity.objects.first()
        assert first is not None
        for _each in range(290):
            make_opportunity()
        for number in range(40):
            make_shift(first, starts_at=in_days(10 + number), place=make_place(f"Sala {number}"))
    # A new place empties what is kept of the site.
    visitor.get(LIST)
    with django_assert_num_queries(number_for_ten):
        assert "300 opportunities" in page(visitor.get(LIST))
    with django_assert_max_num_queries(16):
        assert visitor.get(f"/en/wolontariat/oferta/{first.slug}/").status_code == 200


def test_the_calendar_file_of_a_shift(srem: Tenant) -> None:
    with bind(srem):
        shift = make_shift(make_opportunity(place=make_place("Remiza")))
        take_shift(shift=shift, profile=make_volunteer("Ewa Kos"), acting_user=user_of("osl"))
    visitor = SiteClient(srem)
    answer = visitor.get(f"/en/wolontariat/dyzur/{shift.pk}/dyzur.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    for line in (
        f"UID:{shift.uid}", "SEQUENCE:0", "SUMMARY:Paczki dla seniorów", "STATUS:CONFIRMED",
        f"DTSTART:{shift.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
    ):  # fmt: skip
        assert line in text
    assert "Remiza" in text
    assert "Kos" not in text
    assert text == visitor.get(answer.request["PATH_INFO"]).content.decode().replace("\r\n ", "")
