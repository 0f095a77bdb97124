"""Every address with a key in it under ``/pomoc-sasiedzka/``, ``/wolontariat/`` and
``/wiadomosci/``: the link of a request, of an invitation, of a conversation, each on its own site;
and who learns how to reach whom.
"""

from uuid import UUID

import pytest

from tenants.binding import bind
from tenants.models import Tenant
from tests.architecture import help_addresses, talk_addresses
from tests.architecture.canaries import Canaries
from tests.architecture.help_addresses import FOR_GUESTS, HELP_ACCOUNT, HELP_PANEL
from tests.architecture.our_addresses import ACCOUNT
from tests.architecture.test_event_urls import sent_by, wrong_with
from tests.architecture.test_our_urls import NONSENSE, WRITTEN_BY_LOOKING
from tests.architecture.walls import (
    OF_STRANGERS,
    neighbour,
    outside_the_schema,
    people_reached,
    rows_written,
    rows_written_by_table,
    undone,
    visitor_as,
    whole,
)
from volunteering.models import Assignment, ContactConsent

pytestmark = pytest.mark.usefixtures("db", "plain_templates")

BEHIND_THE_LINK = [*help_addresses.BEHIND_THE_LINK, *talk_addresses.BEHIND_THE_LINK]
PAGES = [*BEHIND_THE_LINK, *FOR_GUESTS]
ADDRESSES = [page.address for page in PAGES]

HERE_AND_THERE = [("srem", "resident"), ("srem", "superuser"), ("kety", "anonymous")]
# What everybody may read.
LISTS = [
    "/wolontariat/", "/wolontariat/oferty/", "/wolontariat/oferta/{opportunity_slug}/",
    "/wolontariat/dyzur/{shift}/dyzur.ics", "/pomoc-sasiedzka/", "/sitemap.xml",
    "/szukaj/?q=kanarek", "/", "/en/wolontariat/",
]  # fmt: skip


OF_WHOEVER_ASKED = {
    page.address for page in BEHIND_THE_LINK if "/pomoc-sasiedzka/prosba/" in page.address
}
# Cards of people, which organisers may open anyway, and whoever reads a report of danger.
ON_CARDS = (
    "/panel/pomoc/telefon/osoba/", "/panel/wolontariusze/dodaj/", "/panel/sygnaly/{report}/",
)  # fmt: skip


@pytest.mark.parametrize(("site", "role"), HERE_AND_THERE)
def test_keys_open_what_is_theirs(site: str, role: str, canaries: dict[str, Canaries]) -> None:
    own, other = canaries[site], canaries[neighbour(site)]
    visitor = visitor_as(role, own.tenant)
    counted, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    offences = []
    for page in BEHIND_THE_LINK if role != "resident" else PAGES:
        # Whoever asked is told how we reach them.
        known = {own.ids["requester"]} if page.address in OF_WHOEVER_ASKED else set()
        before = rows_written_by_table(own.tenant)
        with undone(visitor):
            looked = visitor.get(page.address.format_map(own.ids))
            said = wrong_with(looked, page.get, own, other, known=known)
        if set(rows_written_by_table(own.tenant) - before) - WRITTEN_BY_LOOKING:
            said.append("wrote while looking")
        before = rows_written_by_table(own.tenant)
        with undone(visitor):
            sent = sent_by(visitor, page, own.ids, own.ids)
            said += [
                f"POST {what}" for what in wrong_with(sent, page.post, own, other, known=known)
            ]
            if outside_the_schema(other.tenant) != registered:
                said.append("changed what public holds of the other site")
        written = (rows_written_by_table(own.tenant) - before).keys() - OF_STRANGERS
        if sent.status_code == 302 and bool(written) != page.changes:
            said.append(f"wrote {written or 'nothing'}")
        statuses = f"{looked.status_code} {sent.status_code}"
        offences += [f"{statuses} {page.address}: {what}" for what in said]
    assert rows_written(other.tenant) == counted
    assert not offences, "\n" + "\n".join(offences)


def test_a_link_of_the_other_site_opens_nothing_though_the_ids_are_the_same(
    own: Canaries, other: Canaries
) -> None:
    visitor = visitor_as("superuser", own.tenant)
    for page in BEHIND_THE_LINK:
        assert page.address.format_map(own.ids) != page.address.format_map(other.ids)
        with undone(visitor):
            looked = visitor.get(page.address.format_map(other.ids))
            before = rows_written_by_table(own.tenant)
            sent = sent_by(visitor, page, other.ids, own.ids)
            assert not (rows_written_by_table(own.tenant) - before).keys() - OF_STRANGERS
        assert {looked.status_code, sent.status_code} - {405} <= {404, 410}, page.address


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_nonsense_is_answered_not_failed_on(role: str, own: Canaries) -> None:
    visitor = visitor_as(role, own.tenant)
    failed = []
    for page in [*BEHIND_THE_LINK, *FOR_GUESTS]:
        address = page.address.format_map(own.ids)
        with undone(visitor):
            answers = [visitor.get(address, NONSENSE), visitor.post(address, NONSENSE)]
        failed += [f"{one.status_code} {address}" for one in answers if one.status_code >= 500]
    assert not failed, "\n" + "\n".join(failed)


# Who learns how to reach whom


def looked_at(role: str, own: Canaries) -> dict[str, str]:
    """Everything of help that the role can open: pages, files, calendars."""
    visitor = visitor_as(role, own.tenant)
    rows = [
        row.address
        for row in (*HELP_ACCOUNT, *HELP_PANEL, *ACCOUNT, *talk_addresses.TALK_PANEL)
        if row.get
    ]
    return {
        address: whole(visitor.get(address.format_map(own.ids)))
        for address in dict.fromkeys([*LISTS, *ADDRESSES, *rows])
    }


def reached(role: str, own: Canaries, person: str) -> set[str]:
    """Addresses at which the role learns how to reach a person."""
    return {
        address
        for address, text in looked_at(role, own).items()
        if person in people_reached(text, own) and address not in OF_WHOEVER_ASKED
    }


def agree(tenant: Tenant, task: str) -> None:
    """The other side too: both show their phone numbers."""
    with bind(tenant):
        ContactConsent.objects.create(
            assignment_id=UUID(task), side="requester", shows_phone=True, shows_address=True
        )
        Assignment.objects.filter(pk=task).update(status="contact_shared")


# Whoever else there is sees no more than one of these.
@pytest.mark.parametrize("role", ["anonymous", "ngo_member", "ous", "director"])
def test_before_both_agree_nobody_but_the_organiser_learns_it(
    role: str, canaries: dict[str, Canaries]
) -> None:
    """On no page of help, whoever looks."""
    own = canaries["srem"]
    found = reached(role, own, own.ids["requester"])
    assert not {address for address in found if not address.startswith(ON_CARDS)}


def test_the_organiser_reads_it_and_that_is_written_down(canaries: dict[str, Canaries]) -> None:
    own = canaries["srem"]
    before = rows_written_by_table(own.tenant)
    assert "/panel/pomoc/{help_arranged}/" in reached("osl", own, own.ids["requester"])
    assert (rows_written_by_table(own.tenant) - before)["audit_auditentry"]


def test_once_both_agree_the_two_learn_it_and_nobody_else(canaries: dict[str, Canaries]) -> None:
    own = canaries["srem"]
    task, requester = own.ids["help_task"], own.ids["requester"]
    own_pages = {"/konto/zadania/{help_task}/"}
    behind_the_link = {page.address for page in BEHIND_THE_LINK if "{accepted}" in page.address}
    with undone(visitor_as("ngo_member", own.tenant)):
        agree(own.tenant, task)
        seen = reached("ngo_member", own, requester)
        assert own_pages <= seen <= own_pages | behind_the_link | {"/konto/zadania/"}
        assert reached("resident", own, requester) <= behind_the_link
        with bind(own.tenant):
            ContactConsent.objects.filter(assignment=UUID(task), side="requester").update(
                withdrawn_at="2026-01-01T00:00Z"
            )
        assert reached("ngo_member", own, requester) == set()
