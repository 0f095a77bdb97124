"""Each role opens and does exactly what the permission table says, and finds no door it may not
open: no link, no button, no form that would be refused.
"""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from django.urls import URLPattern, URLResolver, resolve, reverse

from portal.accounts.actions.add_guardian import add_guardian
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.models import Erasure, OrganisationMember
from portal.accounts.permissions import MAY, Permission
from portal.accounts.roles import Role
from portal.entrance.actions.invite import invite
from portal.panel.urls import urlpatterns
from tenants.binding import bind
from tenants.models import Tenant
from tests.cast import ROLES
from tests.conftest import SiteClient
from tests.events.editing import doors as editing
from tests.events.running import test_doors as running
from tests.panel.messages import doors as talking
from tests.panel.office import Office, person_of
from tests.volunteering import panel_doors

P = Permission

# URL name → what it takes. A URL without a row fails.
TAKES = {
    "today": P.ENTER_PANEL,
    **dict.fromkeys(["people", "person"], P.SEE_PEOPLE),
    **dict.fromkeys(
        [
            "person_add", "person_add_anyway", "person_edit", "choose_housemate", "add_housemate",
            "leave_household", "choose_guardian", "add_guardian", "remove_guardian",
            "give_consent", "withdraw_consent",
        ],
        P.EDIT_PEOPLE,
    ),
    **dict.fromkeys(
        ["duplicates", "tell_apart", "merge_choose", "merge_compare", "merge"], P.MERGE_PEOPLE
    ),
    **dict.fromkeys(["erase", "erased"], P.ERASE_PEOPLE),
    **dict.fromkeys(["write", "write_check"], P.WRITE_TO_PEOPLE),
    **dict.fromkeys(
        ["calls", "letter", "call_done", "call_not_reached", "call_give_up"], P.HANDLE_CALLS
    ),
    **dict.fromkeys(["deliveries", "message"], P.SEE_DELIVERIES),
    **dict.fromkeys(["retry", "retry_all", "told_otherwise"], P.RETRY_DELIVERIES),
    **dict.fromkeys(["organisations", "organisation"], P.SEE_ORGANISATIONS),
    **dict.fromkeys(
        [
            "organisation_add", "organisation_edit", "member_invite", "member_invitation_revoke",
            "member_role", "member_remove",
        ],
        P.EDIT_ORGANISATIONS,
    ),
    **dict.fromkeys(
        [
            "organisation_verify", "organisation_refuse", "organisation_close",
            "organisation_reopen",
        ],
        P.VERIFY_ORGANISATIONS,
    ),
    "team": P.SEE_TEAM,
    **dict.fromkeys(
        [
            "team_invite", "invitation_revoke", "invitation_resend", "colleague", "role_grant",
            "role_revoke", "factor_forget",
        ],
        P.MANAGE_TEAM,
    ),
    **dict.fromkeys(["audit", "audit_export"], P.SEE_AUDIT),
    "jobs": P.SEE_JOBS,
    "job_retry": P.RETRY_JOBS,
    "settings": P.CHANGE_SETTINGS,
    **dict.fromkeys(["figures:figures", "figures:csv"], P.SEE_FIGURES),
    "figures:tell_leader": P.CHANGE_SETTINGS,
    **talking.TAKES,
    "events:talk": P.WRITE_TO_PEOPLE,
    **{f"events:{name}": takes for name, takes in editing.TAKES.items()},
    **{
        f"participants:{pattern.name}": running.takes(str(pattern.name))
        for pattern in running.PATTERNS
    },
}  # fmt: skip
ONLY_POST = {
    "person_add_anyway", "add_housemate", "tell_apart", "write_check",
    "call_done", "call_not_reached", "retry", "retry_all", "told_otherwise",
    "organisation_verify", "organisation_reopen", "member_invitation_revoke",
    "invitation_revoke", "invitation_resend", "job_retry",
    *talking.ONLY_POST, "events:talk", "figures:tell_leader",
    *(f"events:{name}" for name in editing.ONLY_POST),
}  # fmt: skip
# Files, and a part of a page.
NO_PAGES = {"audit_export", "figures:csv", "messages:attachment", "messages:newer"}
STAFF_ROLES = ("osl", "ous", "editor", "director", "dpo")
# Their addresses are tried in tests/events/running and tests/architecture; here only links to them
# are.
ELSEWHERE = ("participants:", *panel_doors.OTHERWISE)


def patterns_of(
    patterns: Sequence[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Each address of the panel with its name, as the table has it: ``events:calendar``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns_of(pattern.url_patterns, f"{pattern.namespace}:")
        else:
            yield f"{namespace}{pattern.name}", pattern


PATTERNS = dict(patterns_of(cast("list[URLPattern | URLResolver]", urlpatterns)))
TAKES |= {
    name: panel_doors.takes(name)
    for name in PATTERNS
    if name.startswith(tuple(panel_doors.OTHERWISE))
}


@pytest.fixture
def addresses(srem: Tenant, office: Office) -> dict[str, str]:
    return addresses_of(srem, office)


def addresses_of(tenant: Tenant, office: Office) -> dict[str, str]:
    """Name of a URL → its English address, with ids of things that are there."""
    with bind(tenant):
        director, colleague = person_of(tenant, "director"), person_of(tenant, "osl")
        guardianship = add_guardian(
            ward=office.jan, guardian=office.halina, kind="carer", acting_user=director
        )
        consent = give_consent(
            person=office.jan, purpose="news", means="paper", acting_user=director
        )
        member = OrganisationMember.objects.create(
            organisation=office.circle, user=person_of(tenant, "resident"), role="member"
        )
        into_circle = invite(
            email="nowa@example.pl", organisation=office.circle, organisation_role="member",
            acting_user=director,
        )  # fmt: skip
        into_office = invite(email="nowy@example.pl", role=Role.OSL, acting_user=director)
        erasure = Erasure.objects.create(person=office.jan.pk)
    jan, halina, circle = office.jan.pk, office.halina.pk, office.circle.pk
    arguments: dict[str, list[Any]] = {
        "erased": [erasure.pk],
        "add_housemate": [jan, halina], "add_guardian": [jan, office.zofia.pk],
        "remove_guardian": [jan, guardianship.pk],
        "give_consent": [jan, "photos"], "withdraw_consent": [jan, consent.pk],
        "merge_compare": [halina, office.ewa.pk], "merge": [halina, office.ewa.pk],
        "tell_apart": [halina, office.ewa.pk],
        "letter": [office.letter.pk],
        "call_done": [office.call.pk], "call_not_reached": [office.call.pk],
        "call_give_up": [office.call.pk],
        "message": [office.call.message_id], "retry_all": [office.call.message_id],
        "retry": [office.failed.pk], "told_otherwise": [office.failed.pk],
        "member_invitation_revoke": [circle, into_circle.pk],
        "member_role": [circle, member.pk], "member_remove": [circle, member.pk],
        "invitation_revoke": [into_office.pk], "invitation_resend": [into_office.pk],
        "colleague": [colleague.pk], "role_grant": [colleague.pk, "editor"],
        "role_revoke": [colleague.pk, "osl"], "factor_forget": [colleague.pk],
        "job_retry": [1], "figures:csv": ["attended"], "figures:tell_leader": [],
        **talking.arguments_of(tenant),
        **{f"events:{name}": ids for name, ids in editing.arguments_of(tenant).items()},
    }  # fmt: skip
    for name, pattern in PATTERNS.items():
        if name not in arguments and not name.startswith(ELSEWHERE):
            thing = circle if name.startswith(("organisation", "member_")) else jan
            arguments[name] = [thing] if "<uuid:pk>" in str(pattern.pattern) else []
    return {name: f"/en{reverse(f'panel:{name}', args=arguments[name])}" for name in arguments}


def test_every_url_of_the_panel_has_a_permission() -> None:
    assert set(PATTERNS) == set(TAKES)


def is_refused(visitor: SiteClient, name: str, address: str) -> bool:
    answer = visitor.post(address) if name in ONLY_POST else visitor.get(address)
    assert answer.status_code < 500
    return answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_what_the_table_says(
    role: str, srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in(role)
    refused = {name for name, address in addresses.items() if is_refused(visitor, name, address)}
    assert refused == {name for name in addresses if Role(role) not in MAY[TAKES[name]]}


def test_nobody_is_sent_to_log_in(
    srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    for name, address in addresses.items():
        answer = visitor.post(address) if name in ONLY_POST else visitor.get(address)
        if name in ONLY_POST and answer.status_code == 405:
            continue
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/en/konto/"), name


@pytest.mark.parametrize("name", sorted(ONLY_POST))
def test_looking_changes_nothing(
    name: str, srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("director")
    assert visitor.get(addresses[name]).status_code == 405


def test_every_change_needs_a_token_of_the_form(
    srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem, enforce_csrf_checks=True)
    visitor.log_in("director")
    for name, address in addresses.items():
        assert visitor.post(address).status_code in {403, 405}, name


def test_pages_of_staff_are_kept_by_no_browser(
    srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("director")
    for name, address in addresses.items():
        if name not in ONLY_POST:
            assert "no-store" in visitor.get(address).headers["Cache-Control"], name


def test_the_neighbouring_gmina_finds_nothing(
    srem: Tenant, kety: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(kety)
    visitor.log_in("director")
    with_ids = {
        name: address
        for name, address in addresses.items()
        if any(map(str.isdigit, address)) and name != "events:month"
    }
    assert len(with_ids) > 70
    answers = {
        name: (visitor.post(address) if name in ONLY_POST else visitor.get(address)).status_code
        for name, address in with_ids.items()
    }
    assert {name: status for name, status in answers.items() if status != 404} == {}


class Doors(HTMLParser):
    """Where links lead and forms go."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_door = name in {"href", "action", "formaction"}
            if is_door and value and value.startswith("/en/panel/"):
                self.links.add(value.partition("?")[0].partition("#")[0])


def name_of(link: str) -> str:
    return resolve(link[3:]).view_name.removeprefix("panel:")


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_role_is_shown_no_door_it_may_not_open(
    role: str, srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in(role)
    offences = []
    for name, address in addresses.items():
        if name in ONLY_POST or Role(role) not in MAY[TAKES[name]]:
            continue
        doors = Doors()
        doors.feed(visitor.get(address).content.decode())
        assert doors.links or name in NO_PAGES, name
        offences += [
            f"{name} leads to {link}"
            for link in doors.links
            if Role(role) not in MAY[TAKES[name_of(link)]]
        ]
    assert offences == []


def test_data_protection_officer_finds_nothing_to_press(
    srem: Tenant, addresses: dict[str, str], as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("dpo")
    for name in (
        "person", "message", "organisation", "team", "jobs", "audit", "events:calendar",
        "events:activity", "events:session", "events:preview",
    ):  # fmt: skip
        answer = visitor.get(addresses[name])
        assert answer.status_code == 200
        assert b'method="post"' not in answer.content, name
