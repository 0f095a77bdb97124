from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.accounts.models.person import Person
from portal.accounts.roles import STAFF, Role
from tenants.keys import UuidModel


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        *,
        email: str | None = None,
        phone: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """A login reached by e-mail or phone, of ``person`` or of a new one.

        Raises:
            ValueError: neither was given.
        """
        if not email and not phone:
            raise ValueError("A user needs an e-mail address or a phone number.")
        email = email.lower() if email else None
        names = {name: fields.get(name, "") for name in ("first_name", "last_name")}
        with transaction.atomic(using=self._db):
            if "person" not in fields:
                fields["person"] = Person.objects.create(
                    email=email or "",
                    phone=phone or "",
                    channel=Person.Channel.EMAIL if email else Person.Channel.SMS,
                    **names,
                )
            user = self.model(email=email, phone=phone or None, **fields)
            user.set_password(password)
            user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, password: str, **fields: Any) -> "User":
        return self.create_user(email=email, password=password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(UuidModel, AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A login in one gmina. The same person in two gminas has two unconnected logins."""

    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = PhoneNumberField(_("phone"), null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Several logins may lead to one person, after two people turned out to be the same.
    person = models.ForeignKey(Person, models.PROTECT, related_name="logins")
    # Signature in the CMS, whose own forms need it here; the person's name is the one that counts.
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="user_email_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_reachable"
            ),
        )

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role the user has now: one query, once a request."""
        granted = self.role_grants.values_list("role", flat=True)
        member = self.memberships.values_list(Value(Role.NGO_MEMBER.value), flat=True)
        return frozenset(map(Role, (Role.RESIDENT, *granted.union(member))))

    def forget_roles(self) -> None:
        """Read them anew; also behind the lazy user of a request."""
        self.__dict__.pop("roles", None)

    @property
    def is_staff(self) -> bool:
        """Whether the user works for the office; such a login needs a second factor."""
        return self.is_superuser or not STAFF.isdisjoint(self.roles)

    def __str__(self) -> str:
        return self.get_full_name() or str(self.email or self.phone)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name
