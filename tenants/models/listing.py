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


class ListedSessionQuerySet(models.QuerySet["ListedSession"]):
    def of_partners(self, leader_site: Tenant) -> "ListedSessionQuerySet":
        """Dates on the active sites of every partner in the projects a leader's site leads."""
        return (
            self.filter(
                tenant__status=Tenant.Status.ACTIVE,
                tenant__municipality__partnerships__project__leader_site=leader_site,
            )
            .select_related("tenant__municipality")
            .distinct()
        )


class ListedSession(UuidModel):
    """A coming date of an activity, repeated here so that a leader's site can list its partners'.

    Written by a job of the site whose activity it is.
    """

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="listed_sessions")
    session = models.UUIDField(_("id of the session on its site"))
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    audience = models.CharField(_("for whom"), max_length=12)
    is_free = models.BooleanField(_("free of charge"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    path = models.CharField(_("path on the site"), max_length=200)

    objects = ListedSessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at",)
        verbose_name = _("listed session")
        verbose_name_plural = _("listed sessions")
        indexes = (models.Index(fields=["starts_at"], name="listed_session_in_order"),)
        constraints = (
            models.UniqueConstraint(fields=["tenant", "session"], name="listed_session_once"),
        )

    def __str__(self) -> str:
        return self.title


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
