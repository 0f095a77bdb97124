"""What the tests of the entrance have in common: reading messages, going through the doors."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.accounts.models import User
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

LOGIN, CODE = "/en/konto/zaloguj/", "/en/konto/kod/"
PASSWORD_LOGIN = "/en/konto/zaloguj/haslo/"
SIGN_UP, SIGN_UP_CODE = "/en/konto/zaloz/", "/en/konto/zaloz/kod/"
SECOND_STEP = "/en/konto/dwa-kroki/"


def email_of(role: str, tenant: Tenant) -> str:
    return f"{role}@{tenant.schema_name}.example"


def messages_to(tenant: Tenant, address: str) -> list[Message]:
    """Newest first."""
    with bind(tenant):
        return [
            delivery.message
            for delivery in Delivery.objects.filter(address=address)
            .select_related("message")
            .order_by("-created_at", "-id")
        ]


def code_sent_to(tenant: Tenant, address: str) -> str:
    words = next(iter(messages_to(tenant, address)[0].content.values()))
    found = re.search(r"\b\d{6}\b", words["text"])
    assert found, words["text"]
    return found[0]


def ask_for_code(client: SiteClient, address: str, **extra: Any) -> str:
    """Type the address at the door; the code that was sent there."""
    response = client.post(LOGIN, {"address": address, **extra})
    assert response.status_code == 302, response.content
    return code_sent_to(client.tenant, address)


def log_in_by_code(client: SiteClient, address: str) -> Any:
    return client.post(CODE, {"code": ask_for_code(client, address)})


def is_in(client: SiteClient) -> bool:
    return client.get("/en/konto/").status_code == 200


def person_of(client: SiteClient) -> User | None:
    """Whose session it is, whether or not they have shown a second factor."""
    with bind(client.tenant):
        known = client.session.get("_auth_user_id")
        return User.objects.get(pk=known) if known else None


def other_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def app_code(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows; ``steps`` of half a minute later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))
