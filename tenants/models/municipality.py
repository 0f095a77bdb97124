from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.polish import search_key


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def matching(self, text: str) -> "MunicipalityQuerySet":
        """Where every word typed begins a word of the name, county or voivodeship."""
        found = self
        for word in search_key(text).split():
            found = found.filter(
                Q(search_key__startswith=word) | Q(search_key__contains=" " + word)
            )
        return found


class Municipality(models.Model):
    """A gmina of the official register TERYT (GUS, TERC).

    Keyed by the seven-digit code WW PP GG K (voivodeship, county, municipality, kind), never by
    name: 227 names occur more than once.
    """

    class Kind(models.TextChoices):
        URBAN = "1", _("urban municipality")
        RURAL = "2", _("rural municipality")
        MIXED = "3", _("urban-rural municipality")

    teryt = models.CharField(_("TERYT code"), max_length=7, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=1, choices=Kind)
    county = models.CharField(_("county"), max_length=80, help_text="powiat")
    voivodeship = models.CharField(_("voivodeship"), max_length=40)
    sort_key = models.CharField(max_length=80, editable=False)
    search_key = models.CharField(max_length=220, editable=False)
    as_of = models.DateField(_("state of the register"))

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "teryt")
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        indexes = (models.Index(fields=["sort_key"], name="municipality_sort_key"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(teryt__regex=r"^\d{6}[123]$"), name="municipality_teryt_format"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["1", "2", "3"]), name="municipality_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.name
