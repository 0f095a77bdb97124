from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.person import Person
from tenants.keys import UuidModel


class PrivacyNotice(UuidModel):
    """A version of the site's privacy notice, as people saw it; never changed."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    # Language code → {"title": …, "text": …}, plain text.
    texts = models.JSONField()
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        get_latest_by = "number"
        verbose_name = _("version of the privacy notice")
        verbose_name_plural = _("versions of the privacy notice")

    def __str__(self) -> str:
        return str(self.number)


class ConsentPurpose(models.TextChoices):
    """What we ask consent for. Everything else rests on a public task or a law."""

    NEWS = "news", _("news about events")
    PHOTOS = "photos", _("photographs from events")
    NEEDS = "needs", _("special needs during activities")


class ConsentText(UuidModel):
    """What somebody agrees to, word for word; a new wording is a new version."""

    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    version = models.PositiveIntegerField()
    # Language code → text.
    texts = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("purpose", "-version")
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = (
            models.UniqueConstraint(
                fields=["purpose", "version"], name="consent_text_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(UuidModel):
    """That somebody agreed: to which words, when, how, and who wrote it down (GDPR art. 7(1))."""

    class Means(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")
        PHONE = "phone", _("by phone")

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    means = models.CharField(max_length=6, choices=Means)
    given_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_recorded_by = models.UUIDField(null=True, blank=True)

    objects: ClassVar[ConsentQuerySet] = ConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-given_at",)
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_valid_once",
            ),
        )

    def __str__(self) -> str:
        return self.get_purpose_display()


class Erasure(UuidModel):
    """That a person was erased, and what the law kept; a restored backup repeats it."""

    person = models.UUIDField()
    erased_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.UUIDField(null=True)
    # [{"table": …, "basis": …, "until": "2032-01-01"}]
    kept = models.JSONField(default=list)

    class Meta:
        ordering = ("-erased_at",)
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = (models.Index(fields=["person"], name="erasure_person"),)

    def __str__(self) -> str:
        return str(self.person)
