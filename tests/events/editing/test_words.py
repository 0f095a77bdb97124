"""What is said about an activity: drafts, other languages, the preview, the picture."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

from events.models import (
    Activity,
    ActivityText,
)
from events.texts import draft_of
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.pages import one, page
from tests.events.making import make_activity, make_session


def test_a_draft_of_new_words_changes_nothing_for_readers(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity = make_session(make_activity("Stary tytuł")).activity
    words = {"title": "Nowy tytuł", "lead": "Po nowemu", "body": "Pierwszy\r\n\r\n- drugi"}
    office.post(one(activity, "tekst/pl/"), words)
    public = f"/wydarzenia/{activity.slug}/"
    assert "Stary tytuł" in page(SiteClient(srem).get(public))
    assert "published, with newer changes" in page(office.get(one(activity))).lower()
    assert "Nowy tytuł" in page(office.get(one(activity, "tekst/pl/")))
    for _ in range(2):  # pressed twice
        office.post(one(activity, "tekst/pl/opublikuj/"))
    seen = page(SiteClient(srem).get(public))
    assert "Nowy tytuł" in seen
    assert "Stary tytuł" not in seen
    with bind(srem):
        published = AuditEntry.objects.filter(action="activity.published")
        assert published.count() == 1
        assert activity.texts.get().body == "Pierwszy\n\n- drugi"


def test_words_in_another_language_begin_empty_and_show_when_published(
    srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        activity = make_session().activity
    assert "not written" in page(office.get(one(activity))).lower()
    office.post(one(activity, "tekst/uk/"), {"title": "Телефон без страху", "lead": "", "body": ""})
    public = f"/uk/wydarzenia/{activity.slug}/"
    assert "Телефон" not in page(SiteClient(srem).get(public))
    office.post(one(activity, "tekst/uk/opublikuj/"))
    assert "Телефон" in page(SiteClient(srem).get(public))
    assert office.get(one(activity, "tekst/de/")).status_code == 404


def test_the_preview_shows_the_draft_to_the_office_alone(
    srem: Tenant, office: SiteClient, draft: Activity
) -> None:
    words = {"title": "Jeszcze tajne", "lead": "Szkic", "body": ""}
    office.post(one(draft, "tekst/pl/"), words)
    path = one(draft, "podglad/pl/")
    answer = office.get(path)
    text = page(answer)
    assert "Jeszcze tajne" in text
    assert 'content="noindex"' in text
    assert "To jest podgląd" in text or "This is a preview." in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'class="tile' in text  # a date nobody else sees
    stranger = SiteClient(srem)
    assert stranger.get(path).status_code == 302
    stranger.log_in("resident")
    assert stranger.get(path).status_code == 403


# The picture


def file(content: bytes | None = None, name: str = "zdjecie.png") -> SimpleUploadedFile:
    if content is None:
        picture = BytesIO()
        Image.new("RGB", (8, 8), "green").save(picture, "PNG")
        content = picture.getvalue()
    return SimpleUploadedFile(name, content, "image/png")


@pytest.mark.parametrize(
    ("said", "is_saved"),
    [
        ({"alt_text": "Ludzie przy stole"}, True),
        ({"is_decorative": "on"}, True),
        ({}, False),
        ({"alt_text": "Ludzie", "is_decorative": "on"}, False),
    ],
)
def test_a_picture_is_said_in_words_or_marked_as_decoration(
    said: dict[str, str], is_saved: bool, srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        activity = make_session().activity
    answer = office.post(one(activity, "tekst/pl/zdjecie/"), {"file": file(), **said})
    assert answer.status_code == (302 if is_saved else 422)
    if not is_saved:
        assert "Describe the picture, or mark it as decoration" in page(answer)
    with bind(srem):
        text = activity.texts.get()
        assert (draft_of(text).picture is not None) == is_saved
        assert text.picture is None  # a draft, as the words are
        assert get_image_model().objects.count() == is_saved


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"no picture at all"])
def test_what_is_no_picture_is_refused(content: bytes, srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity = make_session().activity
    answer = office.post(
        one(activity, "tekst/pl/zdjecie/"), {"file": file(content), "alt_text": "Coś"}
    )
    assert answer.status_code == 422
    with bind(srem):
        assert not get_image_model().objects.exists()


def test_a_picture_is_taken_out_of_the_draft(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity = make_session().activity
    office.post(one(activity, "tekst/pl/zdjecie/"), {"file": file(), "alt_text": "Stół"})
    assert "Instead of the picture: Stół" in page(office.get(one(activity, "tekst/pl/zdjecie/")))
    office.post(one(activity, "tekst/pl/opublikuj/"))
    assert 'alt="Stół"' in page(SiteClient(srem).get(f"/wydarzenia/{activity.slug}/"))
    office.post(one(activity, "tekst/pl/zdjecie/usun/"))
    with bind(srem):
        text = ActivityText.objects.get()
        assert draft_of(text).picture is None
        assert text.picture is not None
