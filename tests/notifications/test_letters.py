"""A mail: who it is from, what it says twice the same, and what cannot be smuggled into it."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.utils import timezone

from portal.notifications.letters import Letters, ascii_address
from portal.notifications.models import Delivery, Message, SenderIdentity
from portal.notifications.promise import Address, File, promise
from portal.notifications.trouble import Refused
from tenants.models import Tenant
from tests.conftest import domain
from tests.notifications.conftest import CONTENT, REMINDER, URGENT, person, promised


def letter(message: Message) -> EmailMessage:
    delivery = Delivery.objects.get(message=message)
    _to, mail = Letters().addressed(delivery, message)
    mail.decode("ascii")  # no server on the way has to know more
    return message_from_bytes(mail, policy=default)


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def page_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("html",)).get_content())  # type: ignore[union-attr]


def test_mail_says_who_writes_and_to_whom(in_srem: Tenant, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Gromada <listy@gromada.example>"
    message = promised(person())
    mail = letter(message)
    assert mail["From"].addresses[0].display_name == in_srem.name
    assert mail["From"].addresses[0].addr_spec == "listy@gromada.example"
    assert mail["To"] == "anna@example.pl"
    assert mail["Subject"] == "Spacer nad Wartą"
    assert mail["Reply-To"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "pl"
    assert abs(mail["Date"].datetime - timezone.now()) < timedelta(minutes=1)


def test_office_chooses_its_name_and_where_answers_go(in_srem: Tenant) -> None:
    SenderIdentity.objects.create(sender_name="Sołtys\r\nBcc: x", reply_to="biuro@srem.example")
    mail = letter(promised(person()))
    assert mail["From"].addresses[0].display_name == "Sołtys Bcc: x"
    assert mail["Reply-To"] == "biuro@srem.example"
    assert mail["Bcc"] is None


def test_message_id_is_the_deliverys_and_the_same_at_every_try(in_srem: Tenant) -> None:
    message = promised(person())
    delivery = message.deliveries.get()
    assert letter(message)["Message-ID"] == f"<{delivery.pk}@{domain(in_srem)}>"
    first, second = letter(message), letter(message)
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])


def test_text_and_page_say_the_same(in_srem: Tenant) -> None:
    content = {"pl": {**CONTENT["pl"], "text": "Ala & <b>kot</b>\n\nhttps://srem.localhost/a/?b=1"}}
    mail = letter(promised(person(), content=content))
    assert "Ala & <b>kot</b>" in text_of(mail)
    assert "Ala &amp; &lt;b&gt;kot&lt;/b&gt;" in page_of(mail)
    assert '<a href="https://srem.localhost/a/?b=1"' in page_of(mail)
    for part in (text_of(mail), page_of(mail)):
        assert in_srem.name in part
    assert "<img" not in page_of(mail)
    assert "<script" not in page_of(mail)


def test_frame_of_the_mail_is_in_the_language_of_the_person(in_srem: Tenant) -> None:
    content = dict.fromkeys(("pl", "en", "uk"), CONTENT["pl"])
    for code, path in (("pl", "/konto/"), ("en", "/en/konto/"), ("uk", "/uk/konto/")):
        mail = letter(promised(person(code, language=code), kind=REMINDER, content=content))
        assert mail["Content-Language"] == code
        assert path in text_of(mail)
        assert f'<html lang="{code}">' in page_of(mail)


def test_reminder_says_how_to_get_no_more_of_it(in_srem: Tenant) -> None:
    mail = letter(promised(person(), kind=REMINDER))
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address.startswith("http")
    assert address in text_of(mail)
    assert address in page_of(mail)
    assert letter(promised(person("Ola")))["List-Unsubscribe"] is None


def test_files_go_with_the_mail(in_srem: Tenant) -> None:
    files = [
        File("plan żółty.pdf", "application/pdf", b"%PDF-1"),
        File("a.txt", "text/plain", b"x"),
    ]
    mail = letter(promised(person(), files=files))
    found = [(part.get_filename(), part.get_content_type()) for part in mail.iter_attachments()]
    assert found == [("plan żółty.pdf", "application/pdf"), ("a.txt", "text/plain")]


@pytest.mark.parametrize("evil", ["Temat\r\nBcc: all@example.pl", "Temat\nX: y", "Temat\u2028Z: y"])
def test_subject_smuggles_no_header_in(in_srem: Tenant, evil: str) -> None:
    content = {"pl": {**CONTENT["pl"], "subject": evil}}
    mail = letter(promised(person(), content=content))
    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    "address",
    [
        "ola@example.pl\r\nBcc: all@example.pl", "ola@example.pl, ewa@example.pl", "ola", "@b.pl",
        "żółw@example.pl", "ola@exa mple.pl", "ola@", "ola@a..pl", "<ola@example.pl>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_not_written_to(in_srem: Tenant, address: str) -> None:
    message = promise(URGENT.key, to=[Address(address)], content=CONTENT)
    with pytest.raises(Refused, match="bad_address"):
        letter(message)


def test_domain_with_polish_letters_is_written_in_ascii() -> None:
    assert ascii_address("ola@śrem.pl") == "ola@xn--rem-bza.pl"
