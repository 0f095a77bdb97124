from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration
from portal.audit.actions import label_of
from portal.audit.models import AuditEntry


def export(person: Person) -> list[dict[str, Any]]:
    """What was done and when; who did it is told on request, for staff have rights too."""
    own_logins = {login.pk for one in everybody_who_is(person) for login in one.logins.all()}
    return [
        {
            "at": entry.at,
            "action": str(label_of(entry.action)),
            "by_you": entry.actor in own_logins,
        }
        for entry in AuditEntry.objects.about_any(one.pk for one in everybody_who_is(person))
    ]


def erase(_person: Person) -> None:
    """Entries hold ids alone: when the card is gone, nobody can tell whom they were about."""


DECLARATION = Declaration(
    key="audit",
    label=_("Who looked at your data and changed them"),
    basis=_("the duty to show that data are handled lawfully (GDPR art. 5(2) and art. 32)"),
    kept_for=_("looking: 24 months; changes: 5 years; without your name and contact"),
    tables=("audit_auditentry", "accounts_erasure"),
    export=export,
    erase=erase,
    names={"action": _("What was done"), "by_you": _("By you")},
)
