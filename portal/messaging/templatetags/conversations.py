from typing import TYPE_CHECKING
from uuid import UUID

from django import template
from django.http import HttpRequest
from django.template import Context

from portal.messaging.reading import unread_of
from portal.notifications.models import Delivery

if TYPE_CHECKING:
    from portal.messaging.views.doors import Door

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_conversations(context: Context) -> int:
    """In how many conversations there is something new for whoever is logged in."""
    request: HttpRequest = context["request"]
    return unread_of(request.user.person) if request.user.is_authenticated else 0


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int:
    """How many notices of the site whoever is logged in has not read."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return 0
    return Delivery.objects.inbox_of(request.user.person).unread().count()


@register.simple_tag
def address_of_file(door: "Door", file: UUID) -> str:
    """Where a file of a message is, through the door the conversation was opened by."""
    return door.attachment(file)
