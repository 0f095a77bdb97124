"""Every e-mail and text message of a site, as its recipient has it: in the demo nothing leaves the
machine, so here is where it arrives."""

import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.demo.loopback import from_here
from portal.notifications.letters import Letters
from portal.notifications.models import Delivery
from portal.notifications.sms import text_of
from portal.notifications.trouble import Refused
from portal.paging import page_of
from tenants.binding import current_schema

A_PAGE = 30
# The mail's own looks are inline, as mail programs want them; it runs nothing and loads nothing.
CSP_OF_A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One e-mail or text message; ``text`` is "" when its words are kept nowhere any more."""

    delivery: Delivery
    subject: str = ""
    text: str = ""
    page: str = ""


@require_safe
@from_here
def mailbox(request: HttpRequest) -> HttpResponse:
    newest_first = (
        Delivery.objects.sent_by_machine()
        .select_related("message", "person")
        .order_by("-created_at", "-id")
    )
    page = page_of(newest_first, request, A_PAGE)
    return TemplateResponse(
        request,
        "demo/mailbox.html",
        {"pages": page, "arrived": [arrived(delivery) for delivery in page]},
    )


@require_safe
@from_here
def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    return TemplateResponse(request, "demo/message.html", {"arrived": arrived(_delivery(pk))})


@require_safe
@from_here
def as_a_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The HTML part alone, as a mail program shows it."""
    page = arrived(_delivery(pk)).page
    if not page:
        raise Http404
    return HttpResponse(page, headers={"Content-Security-Policy": CSP_OF_A_MAIL})


def arrived(delivery: Delivery) -> Arrived:
    """What was sent; what would be, where it still waits."""
    try:
        if delivery.channel == Delivery.Channel.SMS:
            return Arrived(delivery, text=_sms(delivery))
        mail = _mail(delivery)
    except Refused:
        return Arrived(delivery)
    return Arrived(delivery, str(mail["Subject"]), _part(mail, "plain"), _part(mail, "html"))


def _delivery(pk: UUID) -> Delivery:
    found = Delivery.objects.sent_by_machine().select_related("message", "person")
    return get_object_or_404(found, pk=pk)


def _sms(delivery: Delivery) -> str:
    kept = _file(delivery, "sms", "json")
    return (
        str(json.loads(kept.read_bytes())["text"])
        if kept.exists()
        else text_of(delivery, delivery.message)
    )


def _mail(delivery: Delivery) -> EmailMessage:
    kept = _file(delivery, "mail", "eml")
    content = (
        kept.read_bytes() if kept.exists() else Letters().addressed(delivery, delivery.message)[1]
    )
    return message_from_bytes(content, policy=policy.default)


def _file(delivery: Delivery, channel: str, ending: str) -> Path:
    """Where the line of the demo has put it; see ``portal.notifications.lines``."""
    return Path(settings.DATA_FOLDER) / channel / current_schema() / f"{delivery.pk}.{ending}"


def _part(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body(preferencelist=(subtype,))
    return str(part.get_content()) if part is not None else ""
