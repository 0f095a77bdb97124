from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel


class Institution(UuidModel):
    """A public body: a regional centre that leads a project, or the office that runs a site."""

    class Kind(models.TextChoices):
        LEADER = "leader", _("project leader")
        UNIT = "unit", _("social-services unit")
        OFFICE = "office", _("municipal office")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("town or village"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["leader", "unit", "office"]), name="institution_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(nip="") | Q(nip__regex=r"^\d{10}$"), name="institution_nip_format"
            ),
            models.CheckConstraint(
                condition=Q(regon="") | Q(regon__regex=r"^(\d{9}|\d{14})$"),
                name="institution_regon_format",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{2}-\d{3}$"),
                name="institution_postcode_format",
            ),
        )

    def __str__(self) -> str:
        return self.name
