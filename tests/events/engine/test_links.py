"""The link of a booking: who has it manages the booking, and nobody else finds it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.codes import ALPHABET, LENGTH, new_code, normal
from events.links import booking_for, manage_path, new_link_version, token_of
from events.models import Session
from events.refusals import LinkExpired
from tenants import signing
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.engine.booking_forms import booked, make_places, pool_of
from tests.events.making import make_activity, make_session


@pytest.mark.usefixtures("here")
def test_the_link_leads_to_the_booking_however_the_code_is_typed() -> None:
    booking = booked(make_places())
    token = token_of(booking)
    assert manage_path(booking).endswith(f"/{booking.code}/{token}/")
    assert booking_for(booking.code, token) == booking
    assert booking_for(booking.readable_code.lower(), token.upper()) == booking
    # 32 letters and digits: five bits each.
    assert len(token) * 5 >= 80
    assert booking.code not in token


@pytest.mark.usefixtures("here")
def test_a_wrong_an_old_and_a_foreign_link_lead_nowhere() -> None:
    booking, other = booked(make_places()), booked(make_places())
    token = token_of(booking)
    for code, wrong in (
        ("ZZZZZZ", token),
        (other.code, token),
        (booking.code, token[::-1]),
        (booking.code, ""),
    ):
        with pytest.raises(LinkExpired, match="no longer valid") as refusal:
            booking_for(code, wrong)
        assert (refusal.value.code, refusal.value.status) == ("link_expired", 410)
    new_link_version(booking)
    with pytest.raises(LinkExpired):
        booking_for(booking.code, token)
    assert booking_for(booking.code, token_of(booking)) == booking


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("days", "works"), [(29, True), (31, False)])
def test_a_link_works_for_thirty_days_after_the_last_date(days: int, works: bool) -> None:
    course = make_activity(kind="course")
    first, last = make_session(course), make_session(course)
    booking = booked(pool_of(course))
    for session, ago in ((first, 60), (last, days)):
        end = timezone.now() - timedelta(days=ago)
        Session.objects.filter(pk=session.pk).update(
            starts_at=end - timedelta(hours=1), ends_at=end
        )
    if works:
        assert booking_for(booking.code, token_of(booking)) == booking
        return
    with pytest.raises(LinkExpired):
        booking_for(booking.code, token_of(booking))


def test_a_stamp_is_of_one_site_one_purpose_and_one_key(
    srem: Tenant, kety: Tenant, settings: object
) -> None:
    with bind(srem):
        mark = signing.stamp("value", purpose="booking")
        assert signing.is_stamp_of(mark, "value", purpose="booking")
        assert not signing.is_stamp_of(mark, "other", purpose="booking")
        assert not signing.is_stamp_of(mark, "value", purpose="feed")
        # A key that was replaced but is still among the earlier ones.
        earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another"  # type: ignore[attr-defined]
        assert not signing.is_stamp_of(mark, "value", purpose="booking")
        settings.SECRET_KEY_FALLBACKS = [earlier]  # type: ignore[attr-defined]
        assert signing.is_stamp_of(mark, "value", purpose="booking")
    with bind(kety):
        assert not signing.is_stamp_of(mark, "value", purpose="booking")


def test_codes_are_read_out_without_mistakes() -> None:
    assert not set("O0I1") & set(ALPHABET)
    assert len(ALPHABET) == 32
    assert all(len(new_code()) == LENGTH for _ in range(50))
    assert len({new_code() for _ in range(200)}) == 200
    assert normal(" rk7-4m9 ") == normal("RK7 4M9") == "RK74M9"
