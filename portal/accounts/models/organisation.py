from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from portal.accounts.register_numbers import check_krs, check_nip, check_regon
from tenants.keys import UuidModel
from tenants.polish import search_key, sort_key


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def verified(self) -> "OrganisationQuerySet":
        return self.filter(status=Organisation.Status.VERIFIED)

    def to_verify(self) -> "OrganisationQuerySet":
        return self.filter(status=Organisation.Status.NEW)

    def in_order(self) -> "OrganisationQuerySet":
        return self.order_by("sort_key", "id")


class Organisation(UuidModel):
    """An NGO, parish, school, club or informal group that works in the gmina."""

    class Kind(models.TextChoices):
        NGO = "ngo", _("foundation or association")
        PARISH = "parish", _("parish or religious community")
        SCHOOL = "school", _("school or kindergarten")
        CLUB = "club", _("club")
        RURAL_WOMEN = "kgw", _("rural women's circle")
        INFORMAL = "informal", _("informal group")

    class Status(models.TextChoices):
        NEW = "new", _("to be verified")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("refused")
        CLOSED = "closed", pgettext_lazy("organisation", "closed")

    # What an organiser may decide, by the state it is in now.
    DECISIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.NEW: frozenset({Status.VERIFIED, Status.REFUSED}),
        Status.REFUSED: frozenset({Status.NEW, Status.VERIFIED}),
        Status.VERIFIED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.NEW, Status.VERIFIED}),
    }

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    nip = models.CharField(_("NIP"), max_length=10, blank=True)
    regon = models.CharField(_("REGON"), max_length=14, blank=True)
    krs = models.CharField(_("KRS"), max_length=10, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("town or village"), max_length=80, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    # Why it was refused or closed, in words its members may read.
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    search_key = models.CharField(max_length=200, editable=False, default="")
    sort_key = models.CharField(max_length=420, editable=False, default="")

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = (models.Index(fields=["sort_key", "id"], name="organisation_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(nip="") | Q(nip__regex=r"^\d{10}$"), name="organisation_nip_format"
            ),
            models.CheckConstraint(
                condition=Q(regon="") | Q(regon__regex=r"^(\d{9}|\d{14})$"),
                name="organisation_regon_format",
            ),
            models.CheckConstraint(
                condition=Q(krs="") | Q(krs__regex=r"^\d{10}$"), name="organisation_krs_format"
            ),
            models.UniqueConstraint(
                fields=["nip"], condition=~Q(nip=""), name="organisation_nip_once"
            ),
            models.UniqueConstraint(
                fields=["krs"], condition=~Q(krs=""), name="organisation_krs_once"
            ),
            models.CheckConstraint(
                condition=Q(status="new", decided_at__isnull=True)
                | (~Q(status="new") & Q(decided_at__isnull=False)),
                name="organisation_decided_at_matches_status",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "closed"]) | ~Q(reason=""),
                name="organisation_refused_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field, check in (("nip", check_nip), ("regon", check_regon), ("krs", check_krs)):
            try:
                setattr(self, field, check(getattr(self, field)))
            except ValidationError as error:
                errors[field] = error
        if errors:
            raise ValidationError(errors)

    def namesake(self, field: str, number: str) -> "Organisation | None":
        """Another organisation with the same NIP or KRS."""
        if not number:
            return None
        return Organisation.objects.filter(**{field: number}).exclude(pk=self.pk).first()

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.name)[:200]
        self.sort_key = sort_key(self.name)[:420]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class OrganisationMember(UuidModel):
    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        MEMBER = "member", _("member")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("member of an organisation")
        verbose_name_plural = _("members of organisations")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user"], name="organisation_member_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()
