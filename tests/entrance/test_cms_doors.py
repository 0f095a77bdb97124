"""The editors' admin is entered and left through our doors, and staffed by invitation."""

import pytest

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import email_of


def test_its_login_is_ours(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    assert visitor.get("/cms/")["Location"] == "/cms/login/?next=/cms/"
    assert visitor.get("/cms/login/?next=/cms/")["Location"] == ("/konto/zaloguj/?next=%2Fcms%2F")
    password = {"username": email_of("director", srem), "password": "sesame-open-long"}
    visitor.post("/cms/login/", password)
    assert visitor.get("/cms/").status_code == 302


def test_residents_are_told_and_not_sent_in_circles(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("resident")
    response = visitor.get("/cms/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_leaving_it_logs_out(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    visitor.log_in("director")
    assert visitor.get("/cms/logout/").status_code == 405
    assert visitor.post("/cms/logout/")["Location"] == "/konto/zaloguj/"
    assert visitor.get("/cms/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["users/", "users/new/", "groups/", "groups/new/", "bulk/accounts/user/delete/",
     "password_reset/"],
)  # fmt: skip
def test_users_and_groups_are_not_there_even_for_a_superuser(
    srem: Tenant, as_site: type[SiteClient], path: str
) -> None:
    visitor = as_site(srem)
    with bind(srem):
        User.objects.filter(email=email_of("director", srem)).update(is_superuser=True)
    visitor.log_in("director")
    assert visitor.get(f"/cms/{path}").status_code == 404
    assert visitor.post(f"/cms/{path}").status_code == 404
    assert visitor.get("/cms/").status_code == 200


def test_its_account_page_changes_neither_email_nor_password(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("editor")
    page = visitor.get("/cms/account/").content.decode()
    assert "-email" not in page
    assert "old_password" not in page
    assert "current_time_zone" not in page
