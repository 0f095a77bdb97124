"""Nobody else comes in, nothing is kept by a browser, and looking changes nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from portal.my_account.urls import urlpatterns
from tenants.models import Tenant
from tests.conftest import SiteClient

SOME = {"pk": uuid4(), "file": uuid4(), "invitation": uuid4(), "member": uuid4()}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "change_data": {"part": "imie"},
    "give_consent": {"purpose": "news"},
    "message": {"pk": SOME["pk"]},
    "mark_read": {"pk": SOME["pk"]},
    "attachment": {"pk": SOME["pk"], "file": SOME["file"]},
    "withdraw_consent": {"pk": SOME["pk"]},
    "organisation": {"pk": SOME["pk"]},
    "change_organisation": {"pk": SOME["pk"]},
    "invite_member": {"pk": SOME["pk"]},
    "revoke_invitation": {"pk": SOME["pk"], "invitation": SOME["invitation"]},
    "remove_member": {"pk": SOME["pk"], "member": SOME["member"]},
}
# For somebody who is nobody here any more.
OPEN = {"left"}
ACTS = {
    "mark_read", "mark_all_read", "give_consent", "withdraw_consent", "archive",
    "end_other_sessions", "revoke_invitation",
}  # fmt: skip


def every_name() -> list[str]:
    names = [str(pattern.name) for pattern in urlpatterns]
    assert len(names) > 20
    return names


def address(name: str) -> str:
    with translation.override("en"):
        return reverse(f"my_account:{name}", kwargs=ARGUMENTS.get(name))


@pytest.mark.parametrize("name", every_name())
def test_stranger_logs_in_first_and_comes_back(
    name: str, srem: Tenant, as_site: type[SiteClient]
) -> None:
    for ask in (as_site(srem).get, as_site(srem).post):
        response = ask(address(name))
        if name in OPEN:
            continue
        if response.status_code == 405:
            continue
        assert response.status_code == 302
        assert "/en/konto/" in response["Location"]
        assert "next=/en/konto/" in response["Location"]


@pytest.mark.parametrize("name", every_name())
def test_no_page_is_kept_by_a_browser(name: str, resident: SiteClient) -> None:
    response = resident.get(address(name))
    assert response.status_code in {200, 302, 404, 405}
    if response.status_code == 200:
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_no_act_happens_by_looking(name: str, resident: SiteClient) -> None:
    assert resident.get(address(name)).status_code == 405


def test_login_of_one_gmina_is_nobody_in_the_next(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], resident: SiteClient
) -> None:
    neighbour = as_site(kety)
    neighbour.cookies = resident.cookies
    assert neighbour.get("/en/konto/").status_code == 302
