from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from tenants.keys import UuidModel
from volunteering.models.task import Assignment


class Block(UuidModel):
    """Two people who are never brought together. Silent: neither learns of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="blocks")
    other = models.ForeignKey(Person, models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = (
            models.UniqueConstraint(fields=["person", "other"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="block_of_somebody_else"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SafetyContact(UuidModel):
    """One of the two people of the office who read reports of danger."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="safety_contact"
    )
    place = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        verbose_name = _("person who reads reports of danger")
        verbose_name_plural = _("people who read reports of danger")
        constraints = (
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="safety_contact_two"),
        )

    def __str__(self) -> str:
        return str(self.user)


class SafetyReport(UuidModel):
    """Somebody felt in danger, or saw somebody in danger."""

    class Status(models.TextChoices):
        NEW = "new", _("new")
        READ = "read", _("being looked into")
        CLOSED = "closed", _("closed")

    reporter = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="safety_reports"
    )
    about = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="reported"
    )
    assignment = models.ForeignKey(
        Assignment, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    words = models.TextField(_("what happened"), max_length=3000)
    status = models.CharField(max_length=6, choices=Status, default=Status.NEW)
    outcome = models.TextField(_("what was done"), max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of danger")
        verbose_name_plural = _("reports of danger")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="closed")
                | (~Q(outcome="") & Q(closed_at__isnull=False, handled_by__isnull=False)),
                name="safety_report_closed_with_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return self.get_status_display()
