"""The messages about opportunities and their shifts; their words are in ``emails/volunteering/``.

The one that ends in ``_now`` is for whoever would set out before the morning's messages are read.
"""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register

register(
    Kind(key="volunteering/shift_taken", label=_("confirmation of a shift")),
    Kind(key="volunteering/shift_cancelled", label=_("a shift is called off")),
    Kind(key="volunteering/shift_cancelled_now", label=_("a shift is called off"), is_urgent=True),
    Kind(key="volunteering/application_made", label=_("somebody would like to help")),
    Kind(key="volunteering/application_decided", label=_("answer of an organiser")),
    Kind(
        key="volunteering/opportunity_reviewed",
        label=_("the office's answer to a proposed opportunity"),
    ),
)
