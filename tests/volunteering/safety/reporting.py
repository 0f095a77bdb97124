"""Somebody who reports danger, and somebody who reads it."""

from typing import Any

from django.utils import translation

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from volunteering.models import Assignment, HelpRequest
from volunteering.request_links import link_of

PANEL = "/en/panel/sygnaly/"
WORDS = "Krzyczał i nie chciał wyjść."


def user_of(srem: Tenant, role: str) -> User:
    return User.objects.get(email=f"{role}@{srem.schema_name}.example")


def logged_in(tenant: Tenant, role: str) -> SiteClient:
    client = SiteClient(tenant)
    client.log_in(role)
    return client


def by_volunteer(task: Assignment) -> str:
    return f"/en/wolontariat/zgloszenie-zagrozenia/{task.pk}/"


def by_requester(srem: Tenant, asked: HelpRequest) -> str:
    with bind(srem), translation.override("en"):
        key, token = link_of(asked)
    return f"/en/wolontariat/zgloszenie-zagrozenia/{key}/{token}/"


def report(srem: Tenant, task: Assignment, **answers: Any) -> Any:
    """By the volunteer."""
    client = logged_in(srem, "volunteer")
    return client.post(by_volunteer(task), {"words": WORDS, **answers}, follow=True)
