"""An office with work to do: people of every channel, messages in every state, organisations."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Household, Organisation, Person, User
from portal.notifications.models import Delivery, Message
from tenants.binding import bind
from tenants.models import Tenant

LONG = "Konstantynopolitańczykowianeczkówna-Przeciwnieprzyzwoitowicz"


@dataclass(frozen=True, slots=True)
class Office:
    """
    Attributes:
        halina: is called; Jan lives with her; Zofia gets letters; Ewa an e-mail that failed.
    """

    halina: Person
    jan: Person
    zofia: Person
    ewa: Person
    circle: Organisation
    call: Delivery
    letter: Delivery
    failed: Delivery


def open_office(tenant: Tenant) -> Office:
    with bind(tenant):
        home = Household.objects.create()
        halina = Person.objects.create(
            first_name="Halina", last_name="Wiśniewska", phone="+48600100200", channel="phone",
            city="Krzyszkowo", household=home,
        )  # fmt: skip
        jan = Person.objects.create(first_name="Jan", last_name="Wiśniewski", household=home)
        zofia = Person.objects.create(
            first_name="Zofia", last_name=LONG, street="ul. Świętej Jadwigi 12 m. 3",
            postcode="63-100", city="Śrem", channel="letter", language="uk",
        )  # fmt: skip
        ewa = Person.objects.create(
            first_name="Ewa", last_name="Żak", email="ewa@zak.example", channel="email",
            phone="+48600100200",
        )  # fmt: skip
        message = written("Zmiana godziny zajęć", "Zajęcia zaczną się o 11:00, nie o 10:00.")
        circle = Organisation.objects.create(
            name="Koło Gospodyń Wiejskich w Krzyszkowie", kind="kgw", nip="5270206837"
        )
        return Office(
            halina, jan, zofia, ewa, circle,
            call=copy(message, halina, Delivery.Channel.CALL),
            letter=copy(message, zofia, Delivery.Channel.LETTER),
            failed=copy(
                message, ewa, Delivery.Channel.EMAIL,
                state=Delivery.State.NEEDS_HUMAN, error="refused 550",
            ),
        )  # fmt: skip


def written(subject: str, text: str) -> Message:
    words = {"subject": subject, "text": text, "sms": text}
    return Message.objects.create(kind="panel/written", content={"pl": words})


def copy(
    message: Message,
    person: Person,
    channel: Delivery.Channel,
    *,
    state: Delivery.State = Delivery.State.WAITING,
    error: str = "",
) -> Delivery:
    now = timezone.now()
    return Delivery.objects.create(
        message=message, person=person, channel=channel, language=person.language, state=state,
        due_at=now, error=error, finished_at=None if state == Delivery.State.WAITING else now,
    )  # fmt: skip


def made_old(delivery: Delivery, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=moment)


def person_of(tenant: Tenant, role: str) -> User:
    return User.objects.get(email=f"{role}@{tenant.schema_name}.example")
