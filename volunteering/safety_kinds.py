"""The message to the two people who read reports of danger."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register

register(Kind(key="volunteering/danger", label=_("a report of danger waits"), is_urgent=True))
