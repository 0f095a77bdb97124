"""A conversation by the link from a message, without logging in: read, answer, look at files."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from portal.messaging.views.doors import Door, ThreadRequest, of_link
from portal.messaging.views.files import file_of
from portal.messaging.views.marking import marked_read
from portal.messaging.views.thread import newer_messages, thread_page
from portal.messaging.views.writing import replied


@require_safe
@of_link
def conversation(request: ThreadRequest, door: Door) -> HttpResponse:
    return thread_page(request, door)


@require_safe
@of_link
def newer(request: ThreadRequest, door: Door) -> HttpResponse:
    return newer_messages(request, door)


@require_POST
@of_link
def reply(request: ThreadRequest, door: Door) -> HttpResponse:
    return replied(request, door)


@require_POST
@of_link
def mark_read(request: ThreadRequest, door: Door) -> HttpResponse:
    return marked_read(request, door)


@require_safe
@of_link
def attachment(_request: ThreadRequest, door: Door, file: UUID) -> HttpResponse:
    return file_of(door, file)
