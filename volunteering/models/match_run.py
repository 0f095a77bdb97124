from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel
from volunteering.models.help_request import HelpRequest
from volunteering.models.volunteer import VolunteerProfile


class MatchRun(UuidModel):
    """One look for the best assignment of volunteers to all requests at once."""

    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.UUIDField(null=True, blank=True)
    requests = models.PositiveIntegerField()
    volunteers = models.PositiveIntegerField()
    edges = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    value = models.FloatField()
    bound = models.FloatField()
    # Only then may anybody call it the best.
    is_proved = models.BooleanField()
    # Places filled, and value, by each way: {"ours": {"filled": 12, "value": 8.1e6}, "greedy": …}
    compared = models.JSONField(default=dict)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Proposal(UuidModel):
    """A pair of a run, until an organiser decides: nobody is matched by a machine alone (GDPR
    art. 22)."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="proposals")
    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="proposals")
    parts = models.JSONField(default=dict)
    status = models.CharField(max_length=9, choices=Status, default=Status.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = (
            models.UniqueConstraint(fields=["run", "request", "profile"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_by__isnull=True)
                | (~Q(status="proposed") & Q(decided_by__isnull=False)),
                name="proposal_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.get_status_display()
