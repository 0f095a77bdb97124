"""The inbox: what the portal wrote to somebody, also by other channels.

Opening a message does not mark it as read: a GET changes nothing, a browser may fetch it ahead, and
a helper may look over the messages with somebody. Whoever has read it says so with a button.
"""

from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Person
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.my_account.forms import MessageChoicesForm
from portal.notifications import preferences
from portal.notifications.kinds import Category
from portal.notifications.models import Attachment, Delivery
from portal.paging import page_of

MESSAGES_PER_PAGE = 20


def get_message_for(person: Person, pk: UUID) -> Delivery:
    return get_object_or_404(Delivery.objects.inbox_of(person), pk=pk)


@require_safe
@logged_in
def inbox(request: OwnRequest) -> HttpResponse:
    found = Delivery.objects.inbox_of(request.user.person)
    pages = page_of(found, request, MESSAGES_PER_PAGE)
    return TemplateResponse(
        request, "my_account/messages.html", {"pages": pages, "unread": found.unread().count()}
    )


@require_safe
@logged_in
def message(request: OwnRequest, pk: UUID) -> HttpResponse:
    delivery = get_message_for(request.user.person, pk)
    attachments = delivery.message.attachments.defer("content").order_by("name", "id")
    return TemplateResponse(
        request, "my_account/message.html", {"delivery": delivery, "attachments": attachments}
    )


@require_POST
@logged_in
def mark_read(request: OwnRequest, pk: UUID) -> HttpResponse:
    get_message_for(request.user.person, pk).mark_read()
    return redirect("my_account:messages")


@require_POST
@logged_in
def mark_all_read(request: OwnRequest) -> HttpResponse:
    Delivery.objects.inbox_of(request.user.person).mark_read()
    return redirect("my_account:messages")


@require_safe
@logged_in
def attachment(request: OwnRequest, pk: UUID, file: UUID) -> HttpResponse:
    """A file of my own message, always handed over as a file: nothing in it runs on the site."""
    delivery = get_message_for(request.user.person, pk)
    found = get_object_or_404(Attachment, message=delivery.message_id, pk=file)
    return HttpResponse(
        bytes(found.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


@logged_in
def choices(request: OwnRequest) -> HttpResponse:
    """Where the mails' "change what you get" leads."""
    person = request.user.person
    form = MessageChoicesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        notes.success(request, _("Saved."))
        return redirect("my_account:message_choices")
    return TemplateResponse(
        request,
        "my_account/message_choices.html",
        {
            "form": form,
            "person": person,
            "gets_news": preferences.choices_of(person)[Category.NEWS],
        },
    )
