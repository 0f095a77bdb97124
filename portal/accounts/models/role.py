from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import GRANTED, Role
from tenants.keys import UuidModel


class RoleGrant(UuidModel):
    """A role somebody was given. What it allows: ``portal.accounts.permissions``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    granted_by = models.UUIDField(_("granted by"), null=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            models.UniqueConstraint(fields=["user", "role"], name="role_granted_once"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(GRANTED)), name="role_is_one_that_is_granted"
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()
