import time

import pytest
from django.contrib.auth import SESSION_KEY

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient


@pytest.fixture
def resident(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Somebody of Śrem with a login and nothing else."""
    client = as_site(srem)
    client.log_in("resident")
    return client


@pytest.fixture
def coordinator(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Somebody who acts for the organisation of the cast."""
    client = as_site(srem)
    client.log_in("ngo_member")
    return client


def show_who_i_am(client: SiteClient) -> None:
    """As if the password had just been asked for again."""
    with bind(client.tenant):
        session = client.session
        known = session.get("account_authentication_methods", [])
        session["account_authentication_methods"] = [
            *known, {"method": "password", "at": time.time(), "reauthenticated": True}
        ]  # fmt: skip
        session["account_authentication_methods_user"] = session[SESSION_KEY]
        session.save()
