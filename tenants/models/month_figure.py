from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel
from tenants.models.tenant import Tenant


class MonthFigureQuerySet(models.QuerySet["MonthFigure"]):
    def of_partners(self, leader_site: Tenant) -> "MonthFigureQuerySet":
        """Of the active sites of the partners in the projects a leader's site leads; nothing of
        what they do in projects of others."""
        return self.filter(
            Q(project__isnull=True) | Q(project__in=leader_site.projects_led.values("pk")),
            tenant__status=Tenant.Status.ACTIVE,
            tenant__municipality__partnerships__project__leader_site=leader_site,
        ).distinct()


class MonthFigure(UuidModel):
    """One number of a finished month of a gmina, for the leader of its project.

    Written by a job of the gmina whose number it is. No number from 1 to 4 ever stands here: null
    is "not told" (``portal.panel.figures.suppression``), and what was nothing has no row.
    """

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="month_figures")
    # Its first day.
    month = models.DateField(_("month"))
    # By value; null without a project.
    project = models.UUIDField(_("project"), null=True, blank=True)
    figure = models.CharField(_("figure"), max_length=12)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)

    objects = MonthFigureQuerySet.as_manager()

    class Meta:
        ordering = ("month", "figure")
        verbose_name = _("figure of a month")
        verbose_name_plural = _("figures of months")
        constraints = (
            models.UniqueConstraint(
                fields=["tenant", "month", "project", "figure"],
                name="month_figure_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=5), name="month_figure_not_of_few"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="month_figure_of_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.figure} {self.month:%Y-%m}"
