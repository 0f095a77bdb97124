import re
import secrets

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.keys import UuidModel
from tenants.models.institution import Institution
from tenants.models.municipality import Municipality

SCHEMA_NAME = r"^[a-z][a-z0-9_]{0,61}$"
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST_NAME = rf"^(?=.{{1,253}}$)({_LABEL}\.)*{_LABEL}$"
HEX_COLOUR = r"^#[0-9a-f]{6}$"


def fresh_version() -> int:
    """A content version nobody has used: a counter would come again after a rollback, and with it
    what was cached of content that never was."""
    return secrets.randbits(63)


class TenantQuerySet(models.QuerySet["Tenant"]):
    def listed(self) -> "TenantQuerySet":
        return self.filter(status=Tenant.Status.ACTIVE)

    def municipalities(self) -> "TenantQuerySet":
        return self.filter(kind=Tenant.Kind.MUNICIPALITY)

    def leaders(self) -> "TenantQuerySet":
        return self.filter(kind=Tenant.Kind.LEADER)

    def with_primary_domain(self) -> "TenantQuerySet":
        domain = apps.get_model("tenants.Domain").objects.filter(
            tenant=OuterRef("pk"), is_primary=True
        )
        return self.annotate(primary_domain=Subquery(domain.values("domain")[:1]))

    def with_everything_shown(self) -> "TenantQuerySet":
        """With what a page header shows, in one query."""
        return self.select_related("municipality", "unit", "controller").with_funding_period()

    def with_funding_period(self) -> "TenantQuerySet":
        """Adds ``funding_period`` of the site's newest project: None where it has no project, ""
        where the project's source names no period."""
        project = apps.get_model("tenants.Project").objects.order_by("-ends_on")
        return self.annotate(
            funding_period=Coalesce(
                Subquery(
                    project.filter(partners__municipality=OuterRef("municipality")).values(
                        "funding_period"
                    )[:1]
                ),
                Subquery(project.filter(leader_site=OuterRef("pk")).values("funding_period")[:1]),
            )
        )


class Tenant(UuidModel, TenantMixin):
    """One site: a gmina's, or a project leader's, in a PostgreSQL schema of its own."""

    auto_create_schema = False
    auto_drop_schema = False

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        LEADER = "leader", _("project leader")

    class Status(models.TextChoices):
        HIDDEN = "hidden", _("hidden")
        ACTIVE = "active", _("active")
        ARCHIVED = "archived", _("archived")

    class Motif(models.TextChoices):
        """What the drawn crest shows until the gmina brings its own."""

        SPROUT = "sprout", _("sprout")
        WAVE = "wave", _("waves")
        HILL = "hill", _("hills")
        BRIDGE = "bridge", _("bridge")
        LEAF = "leaf", _("oak leaf")
        SUN = "sun", _("sun")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.HIDDEN)
    municipality = models.OneToOneField(
        Municipality, models.PROTECT, null=True, blank=True, related_name="tenant"
    )
    name = models.CharField(
        _("name of the site"), max_length=200, help_text=_("What the office calls itself.")
    )
    place_phrase = models.CharField(
        _("place in a sentence"),
        max_length=120,
        blank=True,
        help_text=_("Completes “for everyone who lives …”, in Polish: “w gminie Śrem”."),
    )
    colour = models.CharField(
        _("colour"), max_length=7, default="#2c7a55", validators=[RegexValidator(HEX_COLOUR)]
    )
    motif = models.CharField(
        _("motif of the drawn crest"), max_length=12, choices=Motif, default=Motif.SPROUT
    )

    unit = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="sites_run"
    )
    unit_former_name = models.CharField(_("former name of the unit"), max_length=200, blank=True)
    unit_transformed_on = models.DateField(_("unit transformed on"), null=True, blank=True)
    controller = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="sites_controlled"
    )
    privacy_contact = models.CharField(
        _("contact of the data-protection officer"), max_length=200, blank=True
    )
    bip_url = models.URLField(_("address of the public information bulletin (BIP)"), blank=True)

    content_version = models.PositiveBigIntegerField(default=fresh_version, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = (
            models.CheckConstraint(
                condition=Q(schema_name__regex=SCHEMA_NAME), name="tenant_schema_name_format"
            ),
            models.CheckConstraint(
                condition=Q(kind="municipality", municipality__isnull=False)
                | Q(kind="leader", municipality__isnull=True),
                name="tenant_municipality_matches_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["hidden", "active"], archived_at__isnull=True)
                | Q(status="archived", archived_at__isnull=False),
                name="tenant_archived_at_matches_status",
            ),
            models.CheckConstraint(condition=Q(colour__regex=HEX_COLOUR), name="tenant_colour_hex"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_leader(self) -> bool:
        return self.kind == self.Kind.LEADER

    @property
    def official_place(self) -> str:
        """``Gmina Śrem``; a leader's own name."""
        return f"Gmina {self.municipality.name}" if self.municipality else self.name

    def bump_content_version(self) -> None:
        """Make every cached page of the site stale, as part of the caller's transaction."""
        self.content_version = fresh_version()
        Tenant.objects.filter(pk=self.pk).update(content_version=self.content_version)

    def bump_content_version_of_leaders(self) -> None:
        """The same for the sites of those who lead this partner's projects and list what it has."""
        if self.municipality_id is None:
            return
        leaders = Tenant.objects.filter(
            projects_led__partners__municipality=self.municipality_id
        ).exclude(pk=self.pk)
        for leader in leaders.distinct():
            leader.bump_content_version()


class Domain(UuidModel, DomainMixin):
    """A host name of a site, without port; one of them is primary and appears in links."""

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="domains")

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = (
            models.CheckConstraint(condition=Q(domain__regex=HOST_NAME), name="domain_format"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_primary=True), name="domain_one_primary"
            ),
        )

    def __str__(self) -> str:
        return str(self.domain)


def is_host_name(text: str) -> bool:
    """RFC 1123 host name in lower case; an internationalised one in its ASCII form."""
    return re.match(HOST_NAME, text) is not None
