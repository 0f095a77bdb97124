"""Each published wording of the privacy page is kept as a version of the privacy notice."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.signals import page_published

from cms_pages.models import PrivacyPage
from portal.accounts.notices import store_notice
from tenants.binding import bound_tenant


def connect() -> None:
    page_published.connect(_published, sender=PrivacyPage, dispatch_uid="notices")


def keep_notice() -> None:
    """Store what the privacy pages of the bound site say now, unless it is stored already."""
    texts = {
        page.locale.language_code: {"title": page.title, "text": plain_text(page)}
        for page in PrivacyPage.objects.live().select_related("locale").order_by("path")
    }
    if texts:
        store_notice(texts)


def plain_text(page: PrivacyPage) -> str:
    """Lead, short text and sections, a paragraph a line, headings on lines of their own."""
    parts = [page.lead]
    for stream in (page.body, page.sections):
        parts.extend(_lines(str(block.render())) for block in stream)
    return "\n".join(part for part in parts if part)


def _lines(html: str) -> str:
    for end in ("</p>", "</li>", "</h2>", "</h3>", "<br>", "<br/>"):
        html = html.replace(end, f"{end}\n")
    lines = (" ".join(line.split()) for line in unescape(strip_tags(html)).splitlines())
    return "\n".join(line for line in lines if line)


def _published(**_kwargs: Any) -> None:
    if bound_tenant() is not None:
        keep_notice()
