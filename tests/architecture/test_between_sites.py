"""The quieter doors between two sites: links in mails, files, previews.

Both sites hold the same things under the same ids, see ``canaries.py``; only what protects them
can keep them apart. Logins and cookies have a file of their own, ``test_between_logins.py``.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.test import Client

from cms_pages.models import SiteDocument, SiteImage
from tenants.binding import bind
from tests.architecture.canaries import SHARED_PASSWORD, Canaries, painted
from tests.architecture.walls import with_cookies_of
from tests.conftest import SiteClient

FORM = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}

pytestmark = pytest.mark.usefixtures("db")


def signed_in(site: Canaries, role: str = "superuser") -> SiteClient:
    visitor = SiteClient(site.tenant)
    visitor.log_in(role)
    return visitor


def test_both_sites_hold_the_same_ids(canaries: dict[str, Canaries]) -> None:
    different = {"superuser", "editor", "director", "job", "colleague"}
    # The keys of a site make the links to its bookings.
    different |= {name for name in canaries["srem"].ids if name.endswith("link")}
    srem, kety = (
        {name: value for name, value in found.ids.items() if name not in different}
        for found in canaries.values()
    )
    assert srem == kety
    here, there = (set(found.only_here.values()) for found in canaries.values())
    assert not here & there


def test_a_forwarded_host_is_not_believed(own: Canaries, other: Canaries) -> None:
    there = other.tenant.domains.get().domain
    text = SiteClient(own.tenant).get("/strona/", HTTP_X_FORWARDED_HOST=there).content.decode()
    assert own.word in text
    assert other.word not in text
    assert there not in text


# Links in mails


def test_a_link_to_a_new_password_leads_home_and_opens_nothing_else(
    own: Canaries, other: Canaries, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True  # must hold on the day it is opened
    visitor = SiteClient(own.tenant)
    visitor.post("/cms/password_reset/", {"email": f"{own.word}@example.org"})
    [mail] = mailoutbox
    host = own.tenant.domains.get().domain
    found = re.search(
        rf"http://{re.escape(host)}(?::\d+)?(/cms/password_reset/confirm/\S+/)", str(mail.body)
    )
    assert found, mail.body
    assert other.word not in str(mail.message())
    assert "set-password" in visitor.get(found[1]).headers["Location"]
    # There, too, lives somebody under this very id.
    refused = SiteClient(other.tenant).get(found[1])
    assert refused.status_code == 200
    assert "password2" not in refused.content.decode()


def test_a_page_for_approval_is_announced_to_this_site_alone(
    own: Canaries, other: Canaries, mailoutbox: list[EmailMessage]
) -> None:
    form = {**FORM, "title": own.word, "slug": "strona", "action-submit": "1"}
    signed_in(own, "editor").post(f"/cms/pages/{own.ids['page']}/edit/", form)
    assert mailoutbox
    for mail in mailoutbox:
        assert all(
            own.tenant.schema_name in address or own.word in address
            for address in mail.recipients()
        )
        assert other.word not in str(mail.message())


# Files


def test_a_document_is_found_on_its_own_site(own: Canaries, other: Canaries) -> None:
    with bind(own.tenant):
        only_here = SiteDocument.objects.create(
            title="Tylko tu", file=ContentFile(own.word.encode(), "tylko-tu.txt")
        )
    address = f"/dokumenty/{only_here.pk}/{only_here.filename}"
    assert _body(SiteClient(own.tenant).get(address)) == own.word.encode()
    assert SiteClient(other.tenant).get(address).status_code == 404
    assert signed_in(other).get(address).status_code == 404


def test_a_password_for_documents_opens_those_of_its_site(own: Canaries, other: Canaries) -> None:
    address = f"/dokumenty/{own.ids['restricted']}/{own.ids['restricted_file']}"
    visitor = SiteClient(own.tenant)
    assert own.word.encode() not in _body(visitor.get(address))
    visitor.post(
        f"/dokumenty/authenticate_with_password/{own.ids['restriction']}/",
        {"password": SHARED_PASSWORD, "return_url": address},
    )
    assert _body(visitor.get(address)) == own.word.encode()
    assert other.word.encode() not in _body(with_cookies_of(visitor, other.tenant).get(address))


@pytest.mark.parametrize("folder", ["documents", "original_images"])
def test_only_drawn_pictures_are_served_as_media(own: Canaries, folder: str) -> None:
    with bind(own.tenant):
        _folders, files = default_storage.listdir(folder)
    assert files
    assert SiteClient(own.tenant).get(f"/media/{folder}/{files[0]}").status_code == 404


def test_pictures_of_one_name_are_two_pictures(own: Canaries, other: Canaries) -> None:
    address = f"/media/{own.ids['picture_file']}"
    assert own.ids["picture_file"] == other.ids["picture_file"]
    here, there = (_body(SiteClient(site.tenant).get(address)) for site in (own, other))
    assert here != there


def test_a_picture_is_not_there_under_the_other_host(own: Canaries, other: Canaries) -> None:
    with bind(own.tenant):
        name = default_storage.save("images/tylko-tu.png", ContentFile(b"picture"))
    try:
        assert SiteClient(own.tenant).get(f"/media/{name}").status_code == 200
        assert SiteClient(other.tenant).get(f"/media/{name}").status_code == 404
        for way_out in (
            f"../{own.tenant.schema_name}/{name}",
            f"images/../../{own.tenant.schema_name}/{name}",
            f"images/%2e%2e/%2e%2e/{own.tenant.schema_name}/{name}",
        ):
            assert SiteClient(other.tenant).get(f"/media/{way_out}").status_code == 404
    finally:
        with bind(own.tenant):
            default_storage.delete(name)


def test_deleting_a_picture_leaves_the_neighbours_file(
    own: Canaries, other: Canaries, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    number, files = 7_000, []
    for site, colour in ((own, (0, 90, 0)), (other, (90, 0, 0))):
        with bind(site.tenant):
            image = SiteImage.objects.create(
                pk=number, title=site.word, alt_text=site.word, width=40, height=30,
                file=ContentFile(painted(colour), f"usuwany-{own.word}.png"),
            )  # fmt: skip
            files.append(Path(settings.MEDIA_ROOT, site.tenant.schema_name, image.file.name))
    here, there = files
    assert here.name == there.name
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(own).post(f"/cms/images/{number}/delete/")
    assert not here.exists()
    assert there.read_bytes() == painted((90, 0, 0))
    with bind(other.tenant):
        assert SiteImage.objects.filter(pk=number).exists()


# Previews


def test_an_editor_previews_the_draft_of_their_own_site(own: Canaries, other: Canaries) -> None:
    visitors = [signed_in(own, "editor"), signed_in(other, "editor")]
    address = f"/cms/pages/{own.ids['page']}/edit/preview/"
    for visitor, site in zip(visitors, (own, other), strict=True):
        form = {**FORM, "title": f"Podgląd {site.word}", "slug": "strona"}
        assert visitor.post(address, form).json()["is_valid"]
    for visitor, site, neighbour in zip(visitors, (own, other), (other, own), strict=True):
        text = visitor.get(address).content.decode()
        assert f"<h1>Podgląd {site.word}</h1>" in text
        assert neighbour.word not in text
        assert (
            "Podgląd"
            not in Client(HTTP_HOST=site.tenant.domains.get().domain)
            .get("/strona/")
            .content.decode()
        )


def test_an_editor_previews_a_page_nobody_has_saved_yet(own: Canaries, other: Canaries) -> None:
    visitor = signed_in(own, "editor")
    address = f"/cms/pages/add/cms_pages/standardpage/{own.ids['home']}/preview/"
    form = {**FORM, "title": f"Nowa {own.word}", "slug": "nowa"}
    assert visitor.post(address, form).json()["is_valid"]
    text = visitor.get(address).content.decode()
    assert f"<h1>Nowa {own.word}</h1>" in text
    assert other.word not in text
    assert f"Nowa {own.word}" not in signed_in(other, "editor").get(address).content.decode()


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
