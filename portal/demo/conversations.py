"""What people and the office of the demo have written to each other in the last days: questions,
an announcement with its answers, a course, the team of a shift, and two neighbours.

Written once: what is there later is what people have made of it. Rows are written in bulk and
nobody is told anything.
"""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

from events import course_conversation
from events.models import Activity
from portal.accounts.models import Person, User
from portal.demo.announcements import announce, plan
from portal.demo.made_up import key_of, mail_domain
from portal.demo.talk import Talk, content
from portal.messaging.models import Conversation, Message
from tenants.models import Tenant
from volunteering import relay, shift_conversation
from volunteering.models import Assignment, ContactConsent, Shift, VolunteerProfile
from volunteering.vocabulary import Kind as Help

Kind, Side = Conversation.Kind, ContactConsent.Side
# What conversations.toml tells of.
COURSE, NEXT_COURSE, TEAM = "activity lifting", "activity cooking", "opportunity parcels"
# Who speaks of the team, by their numbers in volunteering.toml.
SPEAKERS = (7, 9)


@translation.override(settings.LANGUAGE_CODE)
def settle_conversations(tenant: Tenant, people: Mapping[str, Person]) -> None:
    """Write them in the bound gmina, in the caller's transaction; harmless when they are there.

    Args:
        people: of made_up.toml, by their keys.
    """
    logins = {
        str(user.email).partition("@")[0]: user
        for user in User.objects.filter(email__endswith=f"@{mail_domain(tenant)}").select_related(
            "person"
        )
    }
    everybody = {**people, **{key: user.person for key, user in logins.items()}}
    talk = Talk(tenant, {**everybody, **_helpers(tenant)}, clerk=logins["osl"].pk)
    if talk.has(content()["office"][0]["who"]):
        return
    course = Activity.objects.filter(pk=key_of(COURSE, tenant)).with_texts().first()
    members = list(course_conversation.people_of(course)) if course else []
    announced = announce(talk, course, members) if course else None
    if course:
        talk.make(
            "course", content()["course"], members, kind=Kind.GROUP, title=course.title,
            owner=course,
        )  # fmt: skip
    _talk_to_office(talk, announced)
    _talk_in_team(talk)
    _talk_of_two(talk)
    talk.save()
    plan(talk, key_of(NEXT_COURSE, tenant), logins["osl"])


def _helpers(tenant: Tenant) -> dict[str, Person]:
    ids = {key_of(f"volunteer {number}", tenant): f"volunteer {number}" for number in SPEAKERS}
    profiles = VolunteerProfile.objects.filter(pk__in=ids).select_related("person")
    return {ids[profile.pk]: profile.person for profile in profiles}


def _talk_to_office(talk: Talk, announced: Message | None) -> None:
    for line in content()["office"]:
        person = talk.people[line["who"]]
        _conversation, written = talk.make(
            line["who"], line, [person], kind=Kind.DIRECT, person=person
        )
        for message, said in zip(written, line["messages"], strict=True):
            if said.get("answers"):
                message.answers = announced


def _talk_in_team(talk: Talk) -> None:
    shifts = Shift.objects.upcoming().filter(opportunity=key_of(TEAM, talk.tenant))
    shift = shifts.select_related("opportunity").in_order().first()
    if shift is not None:
        talk.make(
            "team", content()["team"], shift_conversation.people_of(shift), kind=Kind.GROUP,
            title=shift_conversation.title_of(shift)[:150], owner=shift,
        )  # fmt: skip


def _talk_of_two(talk: Talk) -> None:
    """Of the sample volunteer and whoever is taken for a walk this week."""
    tasks = Assignment.objects.filter(profile__person=talk.people["wolontariusz"])
    walk = (
        tasks.filter(request__kind=Help.WALK, status=Assignment.Status.CONTACT_SHARED)
        .select_related("profile__person", "request__requester", "request__asked_by")
        .first()
    )
    if walk is not None:
        talk.make(
            "relay", content()["relay"], [relay.writer_of(walk, side) for side in Side],
            kind=Kind.DIRECT, has_office=False, owner=walk,
        )  # fmt: skip
