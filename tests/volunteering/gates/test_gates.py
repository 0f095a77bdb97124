"""Agreements, insurance, background checks and consents of guardians; matching obeys them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import Guardianship, Organisation
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.gates.test_profile import LIST, page, read
from tests.volunteering.making import (
    in_days,
    make_agreement,
    make_assignment,
    make_check,
    make_person,
    make_request,
    make_volunteer,
)
from volunteering.gaps import gaps_of, having, with_gaps
from volunteering.matching.edges import broken_rules, edges
from volunteering.models import (
    BackgroundCheck,
    GuardianConsent,
    HelpRequest,
    InsuranceCover,
    VolunteerAgreement,
    VolunteerProfile,
)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def broken(tenant: Tenant, profile: VolunteerProfile, request: HelpRequest) -> list[str]:
    with bind(tenant):
        codes = broken_rules([request.pk], [profile.pk])[profile.pk, request.pk]
        assert (profile.pk in edges([request.pk]).profiles) == (not codes)
        return codes


def gaps(tenant: Tenant, profile: VolunteerProfile) -> list[str]:
    with bind(tenant):
        found = with_gaps(VolunteerProfile.objects.filter(pk=profile.pk)).get()
        codes = [gap.code for gap in gaps_of(found)]
        annotated = with_gaps(VolunteerProfile.objects.all())
        assert all(having(annotated, [code]).filter(pk=profile.pk).exists() for code in codes)
        return codes


def verify(visitor: SiteClient, profile: VolunteerProfile, **fields: Any) -> Any:
    data = {
        "checked_on": day(0), "recheck_on": day(365), "has_residence_statement": "on", **fields,
    }  # fmt: skip
    return visitor.post(page(profile, "weryfikacja/"), data)


def test_a_task_with_a_child_waits_for_a_check_that_lasts(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        VolunteerProfile.objects.filter(pk=ewa.pk).update(with_children=True)
        child = make_request(with_minor=True, starts_at=in_days(10))
        adult = make_request(starts_at=in_days(11))
    assert broken(srem, ewa, child) == ["check_required"]
    assert broken(srem, ewa, adult) == []
    osl.post(page(ewa, "weryfikacja/popros/"))
    assert broken(srem, ewa, child) == ["check_required"]
    assert verify(osl, ewa, recheck_on=day(10)).status_code == 302
    assert broken(srem, ewa, child) == ["check_lapsed"]
    assert gaps(srem, ewa) == ["check_soon"]
    # Checked again: what was valid is not interrupted.
    assert verify(osl, ewa).status_code == 302
    assert broken(srem, ewa, child) == []
    assert gaps(srem, ewa) == []
    osl.post(page(ewa, "weryfikacja/odmow/"))
    assert broken(srem, ewa, child) == ["check_required"]
    assert gaps(srem, ewa) == ["check"]


def test_a_check_keeps_who_when_and_nothing_of_what_it_said(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    user = osl.log_in("osl")
    verify(osl, ewa)
    with bind(srem):
        check = BackgroundCheck.objects.get(profile=ewa)
        assert (check.checked_by, check.checked_on) == (user.pk, day(0))
        entry = AuditEntry.objects.get(action="background_check.recorded")
    assert (entry.person, entry.details) == (ewa.person_id, {"status": "verified"})
    assert "Osl" in read(osl, page(ewa))
    osl.post(page(ewa, "weryfikacja/odmow/"))
    with bind(srem):
        check.refresh_from_db()
    assert (check.status, check.checked_on, check.has_residence_statement) == (
        "refused", None, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"has_residence_statement": ""}, "Without these papers"),
        ({"checked_on": day(1)}, "This day has not come yet."),
        ({"recheck_on": day(0)}, "Give the day of the check, the day of the next one"),
        ({"recheck_on": ""}, "Write the date."),
    ],
)
def test_a_check_without_papers_or_days_is_none(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile, fields: dict[str, Any], words: str
) -> None:
    answer = verify(osl, ewa, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with bind(srem):
        assert not BackgroundCheck.objects.exists()


def test_a_check_is_for_those_who_admit(srem: Tenant, ewa: VolunteerProfile) -> None:
    visitor = SiteClient(srem)
    visitor.log_in("ous")
    assert verify(visitor, ewa).status_code == 403
    assert visitor.post(page(ewa, "weryfikacja/popros/")).status_code == 403
    assert "Write down a check" not in read(visitor, page(ewa))


def test_an_agreement_opens_the_way_and_its_end_closes_it(
    srem: Tenant, osl: SiteClient, new: VolunteerProfile
) -> None:
    with bind(srem):
        VolunteerProfile.objects.filter(pk=new.pk).update(status="active")
        request = make_request()
        circle = Organisation.objects.get(name="Koło Gospodyń")
        Organisation.objects.filter(pk=circle.pk).update(
            status="verified", decided_at=timezone.now()
        )
    assert broken(srem, new, request) == ["agreement_required"]
    data = {
        "with_whom": circle.pk, "signed_on": day(0), "starts_on": day(0), "ends_on": "",
        "is_written": "on",
    }  # fmt: skip
    assert osl.post(page(new, "porozumienie/"), data).status_code == 302
    assert broken(srem, new, request) == []
    with bind(srem):
        agreement = VolunteerAgreement.objects.get(profile=new)
    assert "Koło Gospodyń" in read(osl, page(new))
    path = f"{LIST}porozumienie/{agreement.pk}/zakoncz/"
    assert osl.post(path, {}).status_code == 422
    assert osl.post(path, {"last_on": day(-1)}).status_code == 422
    assert osl.post(path, {"last_on": day(5)}).status_code == 302
    assert broken(srem, new, request) == ["agreement_required"]
    assert gaps(srem, new)[-1] == "agreement_soon"
    # What was a mistake does not count from now on, and can be ended once.
    assert osl.post(path, {"is_mistake": "on"}).status_code == 302
    assert gaps(srem, new) == ["agreement"]
    assert osl.post(path, {"is_mistake": "on"}).status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_on": day(-1)}, "The last day comes before the first."),
        ({"is_written": ""}, "has to be in writing"),
        ({"signed_on": ""}, "Write the date."),
        ({"with_whom": "00000000-0000-0000-0000-000000000000"}, "Choose one from the list."),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_in_words(
    srem: Tenant, osl: SiteClient, new: VolunteerProfile, fields: dict[str, Any], words: str
) -> None:
    data = {
        "with_whom": "biuro", "signed_on": day(0), "starts_on": day(0), "ends_on": "",
        "is_written": "on",
    }  # fmt: skip
    answer = osl.post(page(new, "porozumienie/"), {**data, **fields})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert "<title>Error:" in html
    with bind(srem):
        assert not VolunteerAgreement.objects.exists()


def test_a_short_agreement_needs_insurance(
    srem: Tenant, osl: SiteClient, new: VolunteerProfile
) -> None:
    with bind(srem):
        VolunteerProfile.objects.filter(pk=new.pk).update(status="active")
        make_agreement(new, starts_on=day(0), ends_on=day(20))
        request = make_request()
    assert broken(srem, new, request) == ["insurance_missing"]
    assert gaps(srem, new)[0] == "insurance"
    assert "30 days or less: needs NNW" in read(osl, page(new))
    data = {"kind": "nnw", "starts_on": day(0), "ends_on": day(20), "policy": "PZU 1/2026"}
    assert osl.post(page(new, "ubezpieczenie/"), data).status_code == 302
    assert broken(srem, new, request) == []
    with bind(srem):
        cover = InsuranceCover.objects.get(profile=new)
    path = f"{LIST}ubezpieczenie/{cover.pk}/"
    assert osl.post(path, {**data, "ends_on": day(-1)}).status_code == 422
    assert osl.post(path, {**data, "ends_on": day(3)}).status_code == 302
    assert broken(srem, new, request) == ["insurance_missing"]
    with bind(srem):
        entry = AuditEntry.objects.get(action="cover.changed")
    assert entry.details["before"] == [day(0).isoformat(), day(20).isoformat()]


def test_a_minor_helps_with_the_consent_of_a_guardian(srem: Tenant, osl: SiteClient) -> None:
    with bind(srem):
        minor = make_volunteer("Zuza Lis", born_on=day(-17 * 365))
        mother, aunt = make_person("Anna Lis"), make_person("Maria Lis")
        Guardianship.objects.create(ward=minor.person, guardian=mother, kind="parent")
        request = make_request(min_age=16)
    assert broken(srem, minor, request) == ["guardian_consent_required"]
    assert "guardian" in gaps(srem, minor)
    html = read(osl, page(minor, "opiekun/"))
    assert "Anna Lis" in html
    assert "Maria Lis" not in html
    assert "Maria Lis" in read(osl, page(minor, "opiekun/?q=maria"))
    own = osl.post(page(minor, f"opiekun/{minor.person_id}/"), {"given_on": day(0)})
    assert own.status_code == 422
    assert "Somebody else has to consent" in own.content.decode()
    assert osl.post(page(minor, f"opiekun/{aunt.pk}/"), {"given_on": day(0)}).status_code == 302
    assert broken(srem, minor, request) == []
    with bind(srem):
        consent = GuardianConsent.objects.get(profile=minor)
    path = f"{LIST}zgoda-opiekuna/{consent.pk}/"
    assert osl.post(path, {"given_on": day(0), "ends_on": day(-1)}).status_code == 422
    osl.post(path, {"given_on": day(0), "ends_on": day(2)})
    assert broken(srem, minor, request) == ["guardian_consent_required"]
    assert gaps(srem, minor) == ["guardian_soon"]


def test_a_task_that_the_law_no_longer_allows_says_so(
    srem: Tenant, osl: SiteClient, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        child = make_request(with_minor=True)
        make_check(ewa, day(200))
        make_assignment(child, ewa)
    assert "background check for work with children is missing" not in read(osl, page(ewa))
    osl.post(page(ewa, "weryfikacja/odmow/"))
    assert "background check for work with children is missing" in read(osl, page(ewa)).lower()


def test_papers_of_the_neighbours_are_not_there(
    srem: Tenant, kety: Tenant, ewa: VolunteerProfile
) -> None:
    with bind(srem):
        agreement = VolunteerAgreement.objects.get(profile=ewa)
        cover = InsuranceCover.objects.create(profile=ewa, starts_on=day(0), ends_on=day(9))
        consent = GuardianConsent.objects.create(
            profile=ewa, guardian=make_person(), given_on=day(0)
        )
    visitor = SiteClient(kety)
    visitor.log_in("osl")
    for path in (
        f"porozumienie/{agreement.pk}/zakoncz/", f"ubezpieczenie/{cover.pk}/",
        f"zgoda-opiekuna/{consent.pk}/",
    ):  # fmt: skip
        assert visitor.post(f"{LIST}{path}", {"last_on": day(1)}).status_code == 404
