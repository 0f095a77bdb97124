from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel
from tenants.models.tenant import Tenant


class ListedServiceQuerySet(models.QuerySet["ListedService"]):
    def of_partners(self, leader_site: Tenant) -> "ListedServiceQuerySet":
        """Services of the active sites of every partner in the projects a leader's site leads."""
        return (
            self.filter(
                tenant__status=Tenant.Status.ACTIVE,
                tenant__municipality__partnerships__project__leader_site=leader_site,
            )
            .select_related("tenant__municipality")
            .distinct()
        )


class ListedService(UuidModel):
    """What a site offers the public, repeated here so that a leader's site can list its partners'.

    Written by the site that publishes the service, in the transaction that publishes it.
    """

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="listed_services")
    page = models.UUIDField(_("translation key of the page"))
    title = models.CharField(_("title"), max_length=255)
    lead = models.TextField(_("lead"), blank=True)
    area = models.CharField(_("area"), max_length=40)
    path = models.CharField(_("path on the site"), max_length=500)

    objects = ListedServiceQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        verbose_name = _("listed service")
        verbose_name_plural = _("listed services")
        constraints = (
            models.UniqueConstraint(fields=["tenant", "page"], name="listed_service_once"),
        )

    def __str__(self) -> str:
        return self.title
