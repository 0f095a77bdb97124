"""Every mail of Django is promised like ours, in the transaction of whoever sends it."""

from email.mime.base import MIMEBase
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import translation

from portal.notifications.delivering import deliver
from portal.notifications.models import Delivery, Message
from tenants.binding import NoTenantBound
from tenants.models import Tenant
from tests.notifications.conftest import django_mail, letters_in


class Changed(Exception):
    pass


def test_mail_is_promised_and_goes_out_as_the_site(in_srem: Tenant, tmp_path: Path) -> None:
    with translation.override("en"):
        assert send_mail("Subject", "Text", "other@example.com", ["Ola <Ola@Example.pl>"]) == 1
    delivery = Delivery.objects.get()
    assert (delivery.address, delivery.language) == ("ola@example.pl", "en")
    assert delivery.is_urgent
    assert letters_in(tmp_path) == []
    deliver(Delivery.Channel.EMAIL)
    [letter] = letters_in(tmp_path)
    assert letter["From"].addresses[0].display_name == in_srem.name
    assert letter["To"] == "ola@example.pl"


def test_mail_of_a_transaction_that_fails_was_never_sent(in_srem: Tenant) -> None:
    def send_and_fail() -> None:
        with transaction.atomic():
            django_mail().send()
            raise Changed

    with pytest.raises(Changed):
        send_and_fail()
    assert not Message.objects.exists()


def test_everybody_gets_a_copy_and_sees_no_other_address(in_srem: Tenant, tmp_path: Path) -> None:
    django_mail(
        to=["a@example.pl", "A@example.pl"], cc=["b@example.pl"], bcc=["c@example.pl"]
    ).send()
    deliver(Delivery.Channel.EMAIL)
    letters = letters_in(tmp_path)
    assert sorted(letter["To"] for letter in letters) == [
        "a@example.pl", "b@example.pl", "c@example.pl",
    ]  # fmt: skip
    assert {letter["Cc"] for letter in letters} == {None}


def test_its_own_page_and_files_are_kept(in_srem: Tenant, tmp_path: Path) -> None:
    message = EmailMultiAlternatives("Temat", "Treść", to=["ola@example.pl"])
    message.attach_alternative("<p>Strona</p>", "text/html")
    message.attach("a.csv", "x;ż", "text/csv")
    part = MIMEBase("image", "png")
    part.set_payload(b"PNG")
    part.add_header("Content-Disposition", "attachment", filename="b.png")
    message.attach(part)
    message.send()
    deliver(Delivery.Channel.EMAIL)
    [letter] = letters_in(tmp_path)
    assert letter.get_body(("html",)).get_content().strip() == "<p>Strona</p>"  # type: ignore[union-attr]
    assert letter.get_body(("plain",)).get_content().strip() == "Treść"  # type: ignore[union-attr]
    names = [(file.get_filename(), file.get_content_type()) for file in letter.iter_attachments()]
    assert sorted(names) == [("a.csv", "text/csv"), ("b.png", "image/png")]


@pytest.mark.parametrize(
    "fields", [{"subject": "Temat\nBcc: x@example.pl"}, {"to": ["ola@example.pl\nBcc: x@b.pl"]}]
)
def test_header_of_several_lines_is_refused(in_srem: Tenant, fields: dict[str, object]) -> None:
    with pytest.raises(BadHeaderError):
        django_mail(**fields).send()
    assert not Message.objects.exists()


def test_mail_to_nobody_is_nothing(in_srem: Tenant) -> None:
    assert mail.get_connection().send_messages([django_mail(to=[])]) == 0
    assert not Message.objects.exists()


def test_outside_a_site_it_fails_and_says_so(db: None) -> None:
    with pytest.raises(NoTenantBound, match="No site is bound"):
        django_mail().send()
