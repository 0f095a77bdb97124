"""A picture on a public page is described, or marked as decoration."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms_pages.models import SiteImage
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "PNG")
    return SimpleUploadedFile("zielony.png", file.getvalue(), "image/png")


@pytest.mark.parametrize(
    ("words", "is_saved"),
    [({"alt_text": "Zielony kwadrat"}, True), ({"is_decorative": "on"}, True), ({}, False)],
)
def test_picture_says_what_it_shows_or_that_it_is_decoration(
    srem: Tenant, editor: SiteClient, words: dict[str, str], is_saved: bool
) -> None:
    form = {"title": "Zielony", "file": picture(), "description": "", "tags": "", **words}
    editor.post("/cms/images/add/", form)
    with bind(srem):
        assert SiteImage.objects.exists() == is_saved
