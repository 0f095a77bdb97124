"""What each address of the messages takes, by the name of its URL, and one to try it with."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.permissions import Permission
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.audiences import Named
from portal.messaging.models import Attachment, Report
from tenants.binding import bind
from tenants.models import Tenant
from tests.panel.messages.desk import resident_of, somebody, wrote

P = Permission

TAKES = {
    f"messages:{name}": takes
    for takes, names in {
        P.SEE_CONVERSATIONS: (
            "inbox", "conversation", "newer", "attachment", "announcements", "announcement",
            "answers",
        ),
        P.WRITE_TO_PEOPLE: (
            "reply", "check_reply", "note", "put_aside", "compose", "words", "audience",
            "audience_add", "audience_remove", "check", "send", "cancel", "resend",
        ),
        P.MODERATE_MESSAGES: ("reports", "decide"),
    }.items()
    for name in names
}  # fmt: skip
ONLY_POST = {
    f"messages:{name}"
    for name in (
        "reply", "check_reply", "note", "put_aside", "audience_add", "audience_remove", "send",
        "resend",
    )
}  # fmt: skip


def arguments_of(tenant: Tenant) -> dict[str, list[Any]]:
    """A conversation with a file, an announcement, a report."""
    message = wrote(tenant, somebody(tenant, "Tomek"), "Dzień dobry")
    resident = resident_of(tenant)
    with bind(tenant):
        file = Attachment.objects.create(
            message=message, name="kartka.pdf", type="application/pdf", size=3, content=b"pdf"
        )
        report = Report.objects.create(message=message, reporter=resident, reason="rude")
        gone = Named(key="events.session", of=str(message.pk))
        clerk = User.objects.get(email=f"osl@{tenant.schema_name}.example")
        draft = save_broadcast(
            broadcast=None, subject="Zmiana", text="Zmiana", audiences=[gone], acting_user=clerk
        )
    in_conversation = ("conversation", "newer", "reply", "check_reply", "note", "put_aside")
    in_announcement = (
        "announcement", "answers", "words", "audience", "audience_add", "audience_remove", "check",
        "send", "cancel", "resend",
    )  # fmt: skip
    of: dict[str, list[Any]] = {
        **{name: [message.conversation_id] for name in in_conversation},
        **{name: [draft.pk] for name in in_announcement},
        **{name: [] for name in ("inbox", "announcements", "compose", "reports")},
        "attachment": [message.conversation_id, file.pk],
        "decide": [report.pk],
    }
    return {f"messages:{name}": ids for name, ids in of.items()}
