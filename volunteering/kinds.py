"""The messages about one request for help, to volunteers and to whoever asked; their words are in
``emails/volunteering/``."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Category, Kind, register

register(
    # To volunteers
    Kind(key="volunteering/invitation", label=_("a neighbour asks for help")),
    # The same words where every hour counts: they go before everything else, and by day only.
    Kind(key="volunteering/invitation_now", label=_("a neighbour asks for help"), is_urgent=True),
    Kind(key="volunteering/accepted", label=_("confirmation that you will help")),
    Kind(key="volunteering/not_needed", label=_("help is no longer needed")),
    Kind(key="volunteering/task_cancelled", label=_("a task is called off")),
    # To whoever asked
    Kind(key="volunteering/found", label=_("somebody will help you")),
    Kind(key="volunteering/given_back", label=_("somebody cannot help after all")),
    Kind(key="volunteering/nobody_found", label=_("we have not found anybody yet")),
    Kind(key="volunteering/request_cancelled", label=_("a request for help is called off")),
    # To both
    Kind(key="volunteering/contact", label=_("contact data can be seen")),
    Kind(
        key="volunteering/reminder",
        label=_("reminder of a neighbour's help"),
        category=Category.REMINDERS,
    ),
)
