"""The messages to volunteers about volunteering itself; words are in ``emails/volunteering/``."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register

register(
    Kind(key="volunteering/joined", label=_("thank you for becoming a volunteer")),
    Kind(key="volunteering/break_over", label=_("your break in volunteering is over")),
)
