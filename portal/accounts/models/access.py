"""How somebody comes in: sessions, invitations, and the count of tries."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.accounts.models.organisation import Organisation, OrganisationMember
from portal.accounts.roles import STAFF, Role
from tenants.keys import UuidModel


class Session(AbstractBaseSession):
    """A session that knows whose it is, so that somebody's sessions can be ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )

    objects: ClassVar[BaseSessionManager[Self]] = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type:
        from portal.accounts.sessions import SessionStore  # noqa: PLC0415 (it needs this model)

        return SessionStore


class Tries(models.Model):
    """How often something was tried in a window of time; see ``portal.accounts.limits``."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class Invitation(UuidModel):
    """To be staff, or a member of an organisation. Whoever has the link may accept it, once."""

    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    organisation_role = models.CharField(max_length=11, choices=OrganisationMember.Role, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.CheckConstraint(
                condition=(~Q(email="") & Q(phone="")) | (Q(email="") & ~Q(phone="")),
                name="invitation_by_email_or_phone",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(STAFF), organisation__isnull=True, organisation_role="")
                | (Q(role="", organisation__isnull=False) & ~Q(organisation_role="")),
                name="invitation_to_staff_or_organisation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        )

    def __str__(self) -> str:
        return self.email or str(self.phone)
