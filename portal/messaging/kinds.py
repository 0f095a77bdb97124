"""What people are told of conversations by their own channels; the words are in
``emails/messaging/``. None of it is kept in the inbox: there the conversation itself stands."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register

# Words of the office to one person: sent whole, as nothing of it may wait for a login.
FROM_OFFICE = "messaging/from_office"
# That there is something new to read, with a link; once, until it is read. Whoever has the link
# reads what two residents wrote to each other, so staff do not see it.
NEW_MESSAGE = "messaging/new_message"
# The same for who is called or gets letters, and so without a link.
TO_PASS_ON = "messaging/to_pass_on"  # noqa: S105 (not a password)
ANNOUNCEMENT = "messaging/announcement"

register(
    Kind(key=FROM_OFFICE, label=_("message from the office"), goes_to_inbox=False),
    Kind(
        key=NEW_MESSAGE, label=_("something new in a conversation"), goes_to_inbox=False,
        is_secret=True,
    ),
    Kind(key=TO_PASS_ON, label=_("something new in a conversation"), goes_to_inbox=False),
    Kind(key=ANNOUNCEMENT, label=_("announcement"), goes_to_inbox=False),
)  # fmt: skip
