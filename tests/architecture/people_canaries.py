"""People, organisations, messages and jobs, for both sites under the same ids; see ``canaries``.

``release_people`` is called twice a site: with the ids both sites share, and with ids of its own,
which must be unknown to the neighbour.
"""

import json
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import (
    Consent,
    ConsentText,
    Erasure,
    FormerDetail,
    Guardianship,
    Household,
    Invitation,
    Organisation,
    OrganisationMember,
    Person,
    Session,
    User,
)
from portal.accounts.roles import Role
from portal.accounts.sessions import SessionStore
from portal.audit.models import AuditEntry
from portal.entrance.invitations import digest
from portal.notifications.models import Attachment, Delivery, Message
from tenants.binding import current_tenant

SHARED = 0x1000
INVITED_UNTIL = timedelta(days=7)
# What the secret message of a site holds, before its word.
SECRET = "tajny-kod-"


def release_people(word: str, first_id: int, owner: User) -> dict[str, Model]:
    """What the ids of ``/panel/`` and ``/konto/`` lead to, from ``first_id`` on.

    ``owner`` is who finds their own things in ``/konto/``: messages, a consent, an organisation.
    """
    people, login = _people(word, first_id)
    organisations = _organisations(word, first_id, login, owner)
    messages = _messages(word, first_id, login.person, owner)
    return people | organisations | messages | _papers(word, first_id, login, owner)


def invitation_token(first_id: int, kind: str) -> str:
    """The same in both sites for the ids they share."""
    return f"kanarek-{kind}-{first_id:x}"


def tokens(first_id: int) -> dict[str, str]:
    """Of the invitations, under the names that addresses call them."""
    return {
        "token": invitation_token(first_id, "staff"),
        "member_token": invitation_token(first_id, "member"),
    }


def phone(first_id: int, number: int) -> str:
    """Of a person who stands in no other site and is nobody else's."""
    place = int(current_tenant().schema_name[1:4])
    return f"+4860{place:03}{first_id >> 12:02}{number:02}"


def contacts(made: dict[str, Model]) -> dict[str, tuple[str, ...]]:
    """Id of a person → how to reach them: digits of the phone, e-mails, the street."""
    return {
        str(person.pk): tuple(
            text
            for text in (
                str(person.phone).removeprefix("+48"), person.email, person.street,
                *person.former_details.values_list("value", flat=True),
            )
            if text
        )
        for person in made.values()
        if isinstance(person, Person) and person.merged_into is None
    }  # fmt: skip


def fail_job(word: str) -> int:
    """A job of the bound site that failed; its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', %s, %s, 'failed', 3) RETURNING id",
            [f"praca.{word}", json.dumps({"site": current_tenant().schema_name})],
        )
        return int(cursor.fetchone()[0])


def _id(first_id: int, number: int) -> UUID:
    return UUID(int=first_id + number)


def _people(word: str, first_id: int) -> tuple[dict[str, Model], User]:
    """The people, and the login of one of them."""
    household = Household.objects.create(id=_id(first_id, 1))
    person, other = (
        Person.objects.create(
            id=_id(first_id, number), first_name=name, last_name=f"Kowalska-{word}",
            phone=phone(first_id, number), email=f"{name.lower()}-{first_id}@{word}.example",
            street=f"ul. {name}-{first_id} {word} 3", postcode="63-100", city=word,
            channel="email", household=household,
        )
        for number, name in ((2, "Anna"), (3, "Hanna"))
    )  # fmt: skip
    guardianship = Guardianship.objects.create(
        id=_id(first_id, 4), guardian=other, ward=person, kind="carer"
    )
    merged = Person.objects.create(id=_id(first_id, 5), merged_into=person)
    FormerDetail.objects.create(
        id=_id(first_id, 6), person=person, kind="email", value=f"dawna-{first_id}@{word}.example"
    )
    # The same people once more, on cards that may be merged.
    twin = Person.objects.create(
        id=_id(first_id, 7), first_name="Anna", last_name=f"Kowalska-{word}",
        phone=phone(first_id, 7), channel="phone",
    )  # fmt: skip
    login = User.objects.create_user(
        id=_id(first_id, 8), email=f"login-{first_id}@{word}.example", person=person,
        first_name="Anna", last_name=f"Kowalska-{word}",
    )  # fmt: skip
    grant_role(user=login, role=Role.EDITOR, acting_user=None)
    return {
        "household": household, "person": person, "other": other, "guardianship": guardianship,
        "merged": merged, "twin": twin, "login": login,
    }, login  # fmt: skip


def _organisations(word: str, first_id: int, login: User, owner: User) -> dict[str, Model]:
    organisation, verified, closed = (
        Organisation.objects.create(
            id=_id(first_id, number), name=f"{name} {word}", kind="club",
            email=f"{name.lower()}-{first_id}@{word}.example", status=status,
            decided_at=timezone.now() if status != "new" else None,
            reason=word if status == "closed" else "",
        )
        for number, name, status in (
            (20, "Klub", "new"), (21, "Zespol", "verified"), (25, "Kolo", "closed")
        )
    )  # fmt: skip
    OrganisationMember.objects.create(organisation=organisation, user=owner, role="coordinator")
    member = OrganisationMember.objects.create(
        id=_id(first_id, 22), organisation=organisation, user=login, role="member"
    )
    until = timezone.now() + INVITED_UNTIL
    to_organisation = Invitation.objects.create(
        id=_id(first_id, 23), email=f"proszona-{first_id}@{word}.example", expires_at=until,
        organisation=organisation, organisation_role="member", invited_by=owner.pk,
        token_digest=digest(invitation_token(first_id, "member")),
    )  # fmt: skip
    to_staff = Invitation.objects.create(
        id=_id(first_id, 24), email=f"nowy-{first_id}@{word}.example", expires_at=until,
        role="osl", invited_by=owner.pk,
        token_digest=digest(invitation_token(first_id, "staff")),
    )  # fmt: skip
    return {
        "organisation": organisation, "verified": verified, "closed": closed,
        "member": member, "member_invitation": to_organisation, "staff_invitation": to_staff,
    }  # fmt: skip


def _messages(word: str, first_id: int, person: Person, owner: User) -> dict[str, Model]:
    words = {"subject": f"Temat {word}", "text": f"Treść {word}", "sms": word}
    message = Message.objects.create(
        id=_id(first_id, 30), kind="panel/written",
        content=dict.fromkeys(("pl", "en", "uk"), words), sender=owner.pk,
    )  # fmt: skip
    file = Attachment.objects.create(
        id=_id(first_id, 31), message=message, name=f"{word}.txt", content_type="text/plain",
        content=word.encode(),
    )  # fmt: skip
    secret = Message.objects.create(
        id=_id(first_id, 32), kind="entrance/code",
        content={"pl": dict.fromkeys(("subject", "text", "sms"), f"{SECRET}{word}")},
    )  # fmt: skip
    now = timezone.now()
    to_person = {"message": message, "person": person, "due_at": now}
    failed = Delivery.objects.create(
        id=_id(first_id, 33), channel="email", state="needs_human", finished_at=now,
        error="refused 550", **to_person,
    )  # fmt: skip
    call = Delivery.objects.create(id=_id(first_id, 34), channel="call", **to_person)
    letter = Delivery.objects.create(id=_id(first_id, 35), channel="letter", **to_person)
    inbox = Delivery.objects.create(
        id=_id(first_id, 36), message=message, person=owner.person, channel="inbox",
        state="delivered", due_at=now, finished_at=now,
    )  # fmt: skip
    Delivery.objects.create(
        id=_id(first_id, 37), message=secret, channel="email", state="sent", due_at=now,
        finished_at=now, address=f"kod-{first_id}@{word}.example",
    )  # fmt: skip
    return {
        "message": message, "file": file, "secret_message": secret, "failed": failed,
        "call": call, "letter": letter, "inbox": inbox,
    }  # fmt: skip


def _papers(word: str, first_id: int, login: User, owner: User) -> dict[str, Model]:
    texts = dict.fromkeys(("pl", "en", "uk"), f"Zgoda {word}")
    text, _made = ConsentText.objects.get_or_create(
        purpose="photos", version=1, defaults={"texts": texts}
    )
    consent, own_consent = (
        Consent.objects.create(
            id=_id(first_id, number), person=person, purpose="photos", text=text, means="paper",
            withdrawn_at=withdrawn_at,
        )
        for number, person, withdrawn_at in (
            (40, login.person, None),
            (41, owner.person, None if first_id == SHARED else timezone.now()),
        )
    )  # fmt: skip
    erasure = Erasure.objects.create(id=_id(first_id, 42), person=_id(first_id, 43))
    entry = AuditEntry.objects.create(
        id=_id(first_id, 44), actor=login.pk, action="person.viewed",
        person=login.person_id, details={"place": word},
    )  # fmt: skip
    # Of somebody who has just logged in, under keys that both sites know.
    for number, user in enumerate((login, owner)):
        Session.objects.create(
            session_key=f"kanarek{number}{first_id:024x}", user=user,
            session_data=SessionStore().encode({"word": word}),
            expire_date=timezone.now() + INVITED_UNTIL,
        )  # fmt: skip
    return {
        "consent": consent, "own_consent": own_consent, "erasure": erasure, "entry": entry,
    }  # fmt: skip
