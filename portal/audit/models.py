from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, person: UUID) -> "AuditQuerySet":
        return self.filter(person=person)

    def about_any(self, people: Iterable[UUID]) -> "AuditQuerySet":
        """About somebody who was registered more than once."""
        return self.filter(person__in=people)


class AuditEntry(UuidModel):
    """Who did what to whom, by ids alone: what an entry names may be erased, the entry stays.

    The ``app`` role may add and read entries and nothing else; retention deletes them as ``owner``.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.UUIDField(_("who"), null=True)
    action = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    person = models.UUIDField(_("about whom"), null=True)
    details = models.JSONField(default=dict)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (
            models.Index(fields=["-at"], name="audit_newest"),
            models.Index(fields=["person", "-at"], name="audit_about_person"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


def record(
    action: str,
    *,
    actor: UUID | None,
    of: Model | None = None,
    person: UUID | None = None,
    **details: Any,
) -> None:
    """Write down what somebody did, in the caller's transaction.

    Args:
        action: ``<thing>.<deed>``: ``person.viewed``, ``role.granted``.
        actor: id of the user who acts; None when nobody does (a scheduled job).
        of: the row it was done to.
        person: id of the person it concerns, who may ask to see the entry.
        details: ids, keys of closed lists and numbers; never names, addresses or texts.
    """
    AuditEntry.objects.create(
        action=action,
        actor=actor,
        object_type=of._meta.label_lower if of is not None else "",
        object_id=of.pk if of is not None else None,
        person=person,
        details=details,
    )


def record_each(
    action: str,
    *,
    actor: UUID | None,
    people: Iterable[UUID],
    of: Model | None = None,
    **details: Any,
) -> None:
    """:func:`record`, one entry for each of the people, in one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=actor,
            action=action,
            object_type=of._meta.label_lower if of is not None else "",
            object_id=of.pk if of is not None else None,
            person=person,
            details=details,
        )
        for person in people
    )
