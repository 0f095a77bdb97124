"""Through which a conversation is opened: by whoever takes part in it and is logged in, or by the
link that somebody who takes part in it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.messaging import links
from portal.messaging.models import Message, Participant
from portal.messaging.reading import participant_for
from portal.messaging.refusals import LinkExpired

# The resolver gives what is in the address by its name.
View = Callable[..., HttpResponseBase]


class ThreadRequest(HttpRequest):
    htmx: HtmxDetails


class OwnThreadRequest(OwnRequest):
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody's place in a conversation, and the addresses by which they reach what is in it.

    Attributes:
        token: of their link; "" for somebody who is logged in.
    """

    place: Participant
    token: str = ""

    @property
    def via(self) -> Message.Via:
        return Message.Via.LINK if self.token else Message.Via.SITE

    @property
    def page(self) -> str:
        return self._address("conversation", "by_link")

    @property
    def newer(self) -> str:
        return self._address("newer", "by_link_newer")

    @property
    def reply(self) -> str:
        return self._address("reply", "by_link_reply")

    @property
    def mark_read(self) -> str:
        return self._address("mark_read", "by_link_mark_read")

    def attachment(self, file: UUID) -> str:
        return self._address("attachment", "by_link_attachment", file)

    def _address(self, own: str, by_link: str, *of: UUID) -> str:
        if self.token:
            return reverse(f"messaging:{by_link}", args=[self.token, *of])
        return reverse(f"messaging:{own}", args=[self.place.conversation_id, *of])


def of_participant(view: View) -> View:
    """A page of a conversation the user takes part in; to everybody else there is none."""

    @logged_in
    @wraps(view)
    def wrapped(request: OwnThreadRequest, /, pk: UUID, **named: Any) -> HttpResponseBase:
        try:
            place = participant_for(request.user.person, pk)
        except Participant.DoesNotExist:
            raise Http404 from None
        return view(request, Door(place), **named)

    return wrapped


def of_link(view: View) -> View:
    """A page of the conversation whose link was opened; to look at it changes nothing, as programs
    that read mail open links by themselves."""

    @never_cache
    @wraps(view)
    def wrapped(request: ThreadRequest, /, token: str, **named: Any) -> HttpResponseBase:
        try:
            place = links.participant_for(token)
        except LinkExpired as refusal:
            return _link_over(request, refusal)
        return view(request, Door(place, token), **named)

    return wrapped


def _link_over(request: HttpRequest, refusal: LinkExpired) -> HttpResponse:
    return TemplateResponse(
        request, "messaging/link_over.html", {"refusal": refusal}, status=refusal.status
    )
