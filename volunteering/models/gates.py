"""What the law asks for before somebody helps: staff record that it is there, matching obeys."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation, Person
from tenants.keys import UuidModel
from volunteering.models.volunteer import VolunteerProfile

# The last of thirty days.
_30TH_DAY = Func(F("starts_on"), template="(%(expressions)s + 29)", output_field=models.DateField())


class VolunteerAgreement(UuidModel):
    """Between the volunteer and the office, or an organisation; never the neighbour (act of 24
    April 2003 on public benefit activity and volunteering, art. 44)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ISSUED = "issued", _("given to sign")
        SIGNED = "signed", _("signed")
        ENDED = "ended", _("ended")

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="agreements")
    # Null: the office itself.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="agreements",
        verbose_name=_("organisation"),
    )  # fmt: skip
    status = models.CharField(max_length=6, choices=Status, default=Status.SIGNED)
    starts_on = models.DateField(_("from"))
    # Null: until one of the two ends it.
    ends_on = models.DateField(_("until"), null=True, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    # Over 30 days it has to be written (art. 44(4)).
    is_written = models.BooleanField(_("in writing"), default=True)
    recorded_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agreement with a volunteer")
        verbose_name_plural = _("agreements with volunteers")
        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "issued"]) | Q(signed_on__isnull=False),
                name="agreement_signed_on_a_day",
                violation_error_message=_("Say on which day it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(is_written=True)
                | (Q(ends_on__isnull=False) & Q(ends_on__lte=_30TH_DAY)),
                name="agreement_written_over_30_days",
                violation_error_message=_(
                    "An agreement for more than 30 days has to be in writing."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} - {self.ends_on or ''}"


class InsuranceCover(UuidModel):
    """Bought by the organiser: accident insurance while an agreement lasts 30 days or less
    (art. 46(3)), and liability where the organiser wants it."""

    class Kind(models.TextChoices):
        ACCIDENT = "nnw", _("accident (NNW)")
        LIABILITY = "oc", _("liability (OC)")

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="covers")
    kind = models.CharField(_("kind"), max_length=3, choices=Kind, default=Kind.ACCIDENT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    policy = models.CharField(_("number of the policy"), max_length=60, blank=True)
    recorded_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("insurance of a volunteer")
        verbose_name_plural = _("insurances of volunteers")
        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on} - {self.ends_on}"


class BackgroundCheck(UuidModel):
    """Before somebody works with minors (act of 13 May 2016, art. 21): the register of offenders
    (RSPTS) and of the state commission, and the certificate of no criminal record (KRK). Only that
    it was checked is kept, never what a record says."""

    class Status(models.TextChoices):
        REQUIRED = "required", _("needed")
        REQUESTED = "requested", _("asked for")
        VERIFIED = "verified", _("checked")
        REFUSED = "refused", _("not admitted")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.REQUIRED: frozenset({Status.REQUESTED, Status.VERIFIED, Status.REFUSED}),
        Status.REQUESTED: frozenset({Status.VERIFIED, Status.REFUSED}),
        Status.VERIFIED: frozenset({Status.REQUESTED, Status.REFUSED}),
        Status.REFUSED: frozenset({Status.REQUESTED}),
    }

    profile = models.OneToOneField(
        VolunteerProfile, models.CASCADE, related_name="background_check"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.REQUIRED)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    # The day on which it lapses unless it is done again.
    recheck_on = models.DateField(_("check again on"), null=True, blank=True)
    # A statement on the countries lived in during the last 20 years was given (art. 21(5)).
    has_residence_statement = models.BooleanField(
        _("statement on countries of residence"), default=False
    )
    checked_by = models.UUIDField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("background check")
        verbose_name_plural = _("background checks")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="verified")
                | (
                    Q(checked_on__isnull=False, recheck_on__gt=F("checked_on"))
                    & Q(has_residence_statement=True, checked_by__isnull=False)
                ),
                name="check_verified_by_somebody_until_a_day",
                violation_error_message=_(
                    "Give the day of the check, the day of the next one, and confirm the statement."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.get_status_display()


class GuardianConsent(UuidModel):
    """Somebody under 18 helps with the consent of whoever represents them."""

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="guardian_consents")
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent of a guardian")
        verbose_name_plural = _("consents of guardians")
        ordering = ("-given_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("given_on")),
                name="guardian_consent_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
        )

    def __str__(self) -> str:
        return str(self.given_on)
