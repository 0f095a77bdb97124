"""What people are told by their own channels, once until they have read it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person, User
from portal.messaging import links, noticing
from portal.messaging.actions.block_person import block_person
from portal.messaging.actions.mark_read import mark_read
from portal.messaging.actions.mute_conversation import mute_conversation
from portal.messaging.files import clean
from portal.messaging.kinds import FROM_OFFICE, NEW_MESSAGE, TO_PASS_ON
from portal.messaging.models import Conversation, Participant
from portal.messaging.refusals import LinkExpired
from portal.notifications.models import Delivery
from portal.panel.messages_shown import shown
from tenants.models import Tenant
from tests.jobs import do_due_jobs
from tests.messaging.core.talking import (
    group,
    office_says,
    osl,
    pdf,
    place_of,
    relay,
    says,
    somebody,
    upload,
    writes_to_office,
)

pytestmark = pytest.mark.usefixtures("in_srem")


@pytest.fixture
def resident() -> Person:
    """Somebody with a login."""
    return User.objects.get(email__startswith="resident@").person


def copies(kind: str) -> list[Delivery]:
    found = Delivery.objects.filter(message__kind=kind).select_related("message", "person")
    return list(found.order_by("created_at", "id"))


def told(kind: str = NEW_MESSAGE) -> list[str]:
    do_due_jobs()
    return sorted(copy.person.first_name for copy in copies(kind) if copy.person)


def test_words_of_the_office_come_whole_signed_and_with_a_link(in_srem: Tenant) -> None:
    anna = somebody()
    conversation = writes_to_office(anna)
    file = clean(upload(pdf(), "mapa.pdf"))
    message = office_says(conversation, "Spacer & kawa\no 10:00", files=[file])
    (copy,) = copies(FROM_OFFICE)
    assert copy.words
    assert message.notice == copy.message
    assert copy.message.sender == osl().pk
    for part in ("Spacer & kawa\no 10:00", "Osl", in_srem.name, "mapa.pdf"):
        assert part in copy.words["text"]
    assert "osl@" not in str(copy.words)
    token = copy.words["text"].split("/link/")[1].split("/")[0]
    assert links.participant_for(token) == place_of(anna, conversation)
    assert token in copy.words["sms"]
    # Who may read what was sent does not come in by it.
    assert token not in shown(copy).text
    assert "Spacer & kawa" in shown(copy).text


def test_a_letter_has_no_link_and_a_note_goes_to_nobody() -> None:
    anna = somebody(channel="letter", city="Śrem", postcode="63-100")
    conversation = writes_to_office(anna)
    office_says(conversation, "Zadzwonić", kind="note")
    assert not copies(FROM_OFFICE)
    office_says(conversation, "Zapraszamy")
    (copy,) = copies(FROM_OFFICE)
    assert copy.words
    assert "/link/" not in copy.words["text"]


def test_a_group_is_told_once_until_it_has_read(in_srem: Tenant) -> None:
    anna, ewa, ola = somebody(), somebody("Ewa"), somebody("Ola", email="", phone="+48600100200",
                                                           channel="sms")  # fmt: skip
    by_phone = somebody("Zofia", phone="+48600100201", channel="phone")
    conversation = group(anna, ewa, ola, by_phone)
    for _number in range(3):
        says(anna, conversation)
    assert told() == ["Ewa", "Ola"]
    mark_read(participant=place_of(ewa, conversation), number=3)
    says(anna, conversation)
    assert told() == ["Ewa", "Ewa", "Ola"]
    for copy in copies(NEW_MESSAGE):
        assert copy.words
        assert "Anna" in copy.words["sms"]
        assert "Nowak" not in str(copy.message.content)
        assert "anna@" not in str(copy.message.content)
        assert shown(copy).text == ""


def test_the_muted_the_blocked_and_who_has_left_are_not_told() -> None:
    anna, ewa, ola, iga, jan = (somebody(name) for name in ("Anna", "Ewa", "Ola", "Iga", "Jan"))
    conversation = group(anna, ewa, ola, iga, jan)
    mute_conversation(participant=place_of(ewa, conversation))
    block_person(blocker=ola, blocked=anna)
    block_person(blocker=anna, blocked=iga)
    Participant.objects.filter(person=jan).update(left_at=jan.created_at)
    says(anna, conversation)
    assert told() == []
    office_says(conversation)
    assert told() == ["Anna", "Iga", "Ola"]


def test_in_a_relay_who_is_called_is_told_too_without_words_or_link() -> None:
    anna, jan = somebody(), somebody("Jan", phone="+48600100200", channel="phone")
    conversation = relay(anna, jan)
    says(anna, conversation, "Mam klucz")
    assert told(TO_PASS_ON) == ["Jan"]
    (call,) = copies(TO_PASS_ON)
    assert call.channel == Delivery.Channel.CALL
    assert "Anna" in shown(call).text
    assert "klucz" not in str(call.message.content)
    assert "/link/" not in str(call.message.content)


def test_a_job_that_dies_tells_nobody_and_run_again_everybody_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna, ewa, ola = somebody(), somebody("Ewa"), somebody("Ola")
    message = says(anna, group(anna, ewa, ola))
    with monkeypatch.context() as killed:
        killed.setattr(noticing, "_mark_told", _die)
        with pytest.raises(KeyboardInterrupt):
            noticing.notify_of(message.pk)
    assert not copies(NEW_MESSAGE)
    for _again in range(2):
        noticing.notify_of(message.pk)
    assert told() == ["Ewa", "Ola"]


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_notices_cost_as_many_queries_for_many_as_for_two(
    django_assert_max_num_queries: object,
) -> None:
    people = [somebody(f"Osoba{number}") for number in range(30)]
    message = says(people[0], group(*people))
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        noticing.notify_of(message.pk)
    assert len(copies(NEW_MESSAGE)) == 29


# Links


def test_a_link_is_worth_nothing_changed_or_later(monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ewa = somebody(), somebody("Ewa")
    conversation = group(anna, ewa)
    token = links.token_of(place_of(anna, conversation))
    other = links.token_of(place_of(ewa, conversation))
    assert links.participant_for(token).person == anna
    later = token[:22] + "ffff" + token[26:]
    for wrong in (token[:-1], token[:26] + other[26:], later, "", "a" * 46, "ą" * 46):
        with pytest.raises(LinkExpired):
            links.participant_for(wrong)
    today = timezone.localdate()
    for days, is_good in ((14, True), (15, False)):
        monkeypatch.setattr(
            "django.utils.timezone.localdate", lambda days=days: today + timedelta(days=days)
        )
        if is_good:
            assert links.participant_for(token)
        else:
            with pytest.raises(LinkExpired):
                links.participant_for(token)


def test_a_link_ends_with_leaving_and_with_working_for_the_office(resident: Person) -> None:
    anna = somebody()
    conversation = group(anna, resident, osl().person)
    assert links.participant_for(links.token_of(place_of(resident, conversation)))
    with pytest.raises(LinkExpired):
        links.participant_for(links.token_of(place_of(osl().person, conversation)))
    token = links.token_of(place_of(anna, conversation))
    Participant.objects.filter(person=anna).update(left_at=anna.created_at)
    with pytest.raises(LinkExpired):
        links.participant_for(token)


@pytest.mark.parametrize("both", [True, False])
def test_a_link_follows_somebody_who_was_merged(both: bool) -> None:
    anna, same = somebody(), somebody("Ania")
    conversation = group(*([anna, same] if both else [same]))
    token = links.token_of(place_of(same, conversation))
    merge_people(kept=anna, merged=same, acting_user=osl())
    assert links.participant_for(token).person == anna


def test_a_link_in_an_old_conversation_with_the_office_follows_too() -> None:
    anna, same = somebody(), somebody("Ania")
    writes_to_office(anna)
    token = links.token_of(place_of(same, writes_to_office(same)))
    merge_people(kept=anna, merged=same, acting_user=osl())
    assert links.participant_for(token).conversation == Conversation.objects.get(person=anna)
