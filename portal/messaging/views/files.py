"""Files of messages: whoever may read the message may have them, nobody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.messaging.models import Attachment
from portal.messaging.reading import attachment_for
from portal.messaging.views.doors import Door, OwnThreadRequest, of_participant


@require_safe
@of_participant
def attachment(_request: OwnThreadRequest, door: Door, file: UUID) -> HttpResponse:
    return file_of(door, file)


def file_of(door: Door, file: UUID) -> HttpResponse:
    try:
        found = attachment_for(door.place, file)
    except Attachment.DoesNotExist:
        raise Http404 from None
    return handed_over(found)


def handed_over(found: Attachment) -> HttpResponse:
    """A picture, which we have made ourselves, to be looked at; everything else to be saved."""
    is_picture = found.type == Attachment.Type.WEBP
    disposition = content_disposition_header(not is_picture, found.name)
    return HttpResponse(
        bytes(found.content),
        content_type=found.type,
        headers={
            "Content-Disposition": disposition or "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
