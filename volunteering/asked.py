"""What whoever asks for help is told at once: that we have it, and the link to it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.message_words import briefly, when
from portal.notifications.kinds import Kind, register
from portal.notifications.links import absolute
from portal.notifications.promise import promise
from portal.places.reach import reach
from volunteering.models import HelpRequest
from volunteering.request_links import request_path

register(Kind(key="volunteering/asked", label=gettext_lazy("we have your request for help")))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in words, computed in the language of whoever gets the message."""

    request: HelpRequest

    @property
    def kind(self) -> str:
        return self.request.get_kind_display()

    @property
    def when(self) -> str:
        return when(self.request.starts_at, self.request.ends_at)

    @property
    def briefly(self) -> str:
        return briefly(self.request.starts_at)

    @property
    def code(self) -> str:
        return readable(self.request.code)

    @property
    def helped(self) -> str:
        """First name of somebody else who is to be helped."""
        return self.request.requester.first_name if self.request.asked_by_id else ""

    @property
    def link(self) -> str:
        return absolute(request_path(self.request))

    @property
    def page(self) -> str:
        return absolute(reverse("volunteering:help"))

    @property
    def call(self) -> str:
        phone = reach().phone
        if not phone:
            return _("Questions? Ask at the office.")
        return _("Questions? Call us: %(phone)s.") % {"phone": phone}


def tell_asked(request: HelpRequest) -> None:
    """The link is valid as long as the request, so the message is worth nothing after its start."""
    promise(
        "volunteering/asked",
        to=[request.contact],
        context={"about": Asked(request)},
        expires_at=request.starts_at,
    )


def readable(code: str) -> str:
    """``RK7-4M9``, to be read out."""
    return f"{code[:3]}-{code[3:]}"
