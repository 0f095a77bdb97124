"""Which words people agreed to, and which notice they saw."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from cms_pages.models import PrivacyPage
from portal.accounts import consents
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.models import Consent, ConsentPurpose, ConsentText, PrivacyNotice
from portal.accounts.notices import current_notice
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.accounts.people import add


@pytest.fixture
def bound(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def test_every_purpose_has_words_in_every_language(bound: None) -> None:
    for purpose in ConsentPurpose:
        texts = consents.current_text(purpose).texts
        assert set(texts) == {"pl", "en", "uk"}
        assert all(len(text) > 80 for text in texts.values())


def test_a_new_wording_is_a_new_version_and_the_old_one_stays(
    bound: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = add("Anna", "Żak")
    consent = give_consent(person=person, purpose="news", means="paper", acting_user=None)
    assert consents.current_text("news") == consents.current_text("news") == consent.text
    changed = deepcopy(consents._wordings())
    changed["news"]["pl"] += " Nowe zdanie."
    monkeypatch.setattr(consents, "_wordings", lambda: changed)
    newer = consents.current_text("news")
    assert (consent.text.version, newer.version) == (1, 2)
    again = give_consent(person=person, purpose="news", means="online", acting_user=None)
    assert (again, again.text.version) == (consent, 1)
    withdraw_consent(consent=consent, acting_user=None)
    withdraw_consent(consent=consent, acting_user=None)
    anew = give_consent(person=person, purpose="news", means="online", acting_user=None)
    assert (anew.text, Consent.objects.count()) == (newer, 2)


def test_first_readers_at_once_make_one_version(own_database: str) -> None:
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    read = at_once(tenant, *[lambda: consents.current_text("photos").pk] * 6)
    assert len(set(read)) == 1
    with bind(tenant):
        assert ConsentText.objects.filter(purpose="photos").count() == 1


def test_a_new_site_starts_with_the_first_version_of_its_notice(srem: Tenant, kety: Tenant) -> None:
    for tenant in (srem, kety):
        with bind(tenant):
            notice = current_notice()
            assert notice is not None
            assert notice.number == 1
            assert set(notice.texts) == {"pl", "en", "uk"}
            assert "<" not in str(notice.texts)
            assert "Inspektor ochrony danych" in notice.texts["pl"]["text"]


def test_publishing_other_words_is_a_new_version_for_that_site_only(
    srem: Tenant, kety: Tenant
) -> None:
    with bind(srem):
        page = PrivacyPage.objects.get(locale__language_code="pl")
        page.save_revision().publish()
        assert PrivacyNotice.objects.count() == 1
        page.lead = "Nowy wstęp & reszta."
        page.save_revision()
        assert PrivacyNotice.objects.count() == 1
        page.save_revision().publish()
        notice = current_notice()
        assert notice is not None
        assert notice.number == 2
        assert notice.texts["pl"]["text"].startswith("Nowy wstęp & reszta.\n")
    with bind(kety):
        assert PrivacyNotice.objects.count() == 1
