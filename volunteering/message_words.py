"""What a message says about a request for help. It is computed when the message is rendered, so it
speaks the language of whoever gets it, and it holds no data of the other side but a first name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.message_words import briefly, when
from portal.notifications.links import absolute
from portal.places.reach import reach
from volunteering.contact import distance_band
from volunteering.models import HelpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """
    Attributes:
        path: where the recipient finds it, in the language being spoken.
        distance: kilometres to a volunteer who is not on the way yet; None by telephone.
        tells_distance: whether the recipient is a volunteer who decides by it.
    """

    request: HelpRequest
    path: Callable[[], str]
    distance: float | None = None
    tells_distance: bool = False

    @property
    def kind(self) -> str:
        return str(self.request.get_kind_display())

    @property
    def briefly(self) -> str:
        return briefly(self.request.starts_at)

    @property
    def link(self) -> str:
        return absolute(self.path())

    @property
    def facts(self) -> str:
        """One fact a line: what, when, in which part of the gmina, how far."""
        lines = [
            _("What: %(kind)s") % {"kind": self.kind},
            _("When: %(when)s") % {"when": when(self.request.starts_at, self.request.ends_at)},
            self._where(),
        ]
        if self.tells_distance and self.distance is not None:
            lines.append(
                _("How far from you: %(distance)s") % {"distance": distance_band(self.distance)}
            )
        return "\n".join(lines)

    def _where(self) -> str:
        if self.request.is_remote:
            return _("Where: by telephone")
        return _("Where: %(where)s") % {"where": self.request.district.name}

    @property
    def call(self) -> str:
        """Whom to ask, as the last line of every message."""
        phone = reach().phone
        if not phone:
            return _("Questions? Ask at the office.")
        return _("Questions? Call us: %(phone)s.") % {"phone": phone}
