from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.accounts.phone_numbers import receives_sms
from tenants.keys import UuidModel
from tenants.polish import search_key, sort_key


class Household(UuidModel):
    """People who live together; says nothing more about them."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return str(self.pk)

    def end_if_alone(self) -> None:
        """Somebody left; one person, or nobody, is no household."""
        if self.people.count() < 2:
            self.delete()


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> "PersonQuerySet":
        """Without those merged into somebody else and those erased."""
        return self.filter(merged_into=None, erased_at=None)

    def in_order(self) -> "PersonQuerySet":
        return self.order_by("sort_key", "id")


_NAMELESS = Q(first_name="", last_name="")
_UNREACHABLE = Q(
    phone="", email="", street="", postcode="", city="", channel="", household__isnull=True
)


class Person(UuidModel):
    """Someone we can reach. May have no login, no e-mail and no phone."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message (SMS)")
        PHONE = "phone", _("phone call")
        LETTER = "letter", _("letter")

    class Language(models.TextChoices):
        POLISH = "pl", _("Polish")
        ENGLISH = "en", _("English")
        UKRAINIAN = "uk", _("Ukrainian")

    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    city = models.CharField(_("town or village"), max_length=80, blank=True)
    # "" when there is no way to reach the person but to meet them.
    channel = models.CharField(
        _("how to reach you"), max_length=6, choices=Channel, blank=True, default=""
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default="pl")
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    notice = models.ForeignKey(
        "accounts.PrivacyNotice", models.PROTECT, null=True, blank=True, related_name="+"
    )
    search_key = models.CharField(max_length=180, editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = (
            GinIndex(
                fields=["search_key"], opclasses=["gin_trgm_ops"], name="person_name_trigrams"
            ),
            GinIndex(fields=["phone"], opclasses=["gin_trgm_ops"], name="person_phone_trigrams"),
            GinIndex(fields=["email"], opclasses=["gin_trgm_ops"], name="person_email_trigrams"),
            models.Index(fields=["sort_key", "id"], name="person_in_order"),
            # Whose name and phone, or name and e-mail, were typed: asked at every booking.
            models.Index(fields=["search_key"], name="person_by_name"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="person_email_lower_case",
            ),
            models.CheckConstraint(
                condition=~Q(channel="email") | ~Q(email=""),
                name="person_channel_email_has_address",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=["sms", "phone"]) | ~Q(phone=""),
                name="person_channel_phone_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(channel="letter") | (~Q(city="") & ~Q(postcode="")),
                name="person_channel_letter_has_address",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{2}-\d{3}$"),
                name="person_postcode_format",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | (_NAMELESS & _UNREACHABLE),
                name="person_merged_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | _UNREACHABLE,
                name="person_erased_keeps_the_name_only",
            ),
        )

    def __str__(self) -> str:
        return self.full_name or str(_("Person without a name"))

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def address(self) -> str:
        """``ul. Długa 3, 63-100 Śrem``; empty when nothing is known."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    def clean(self) -> None:
        """
        Raises:
            ValidationError: nobody is named, or the chosen way to reach them lacks its means.
        """
        super().clean()
        self.email = self.email.lower()
        missing = {
            self.Channel.EMAIL: not self.email and _("Give the e-mail address too."),
            self.Channel.SMS: _no_sms(str(self.phone)),
            self.Channel.PHONE: not self.phone and _("Give the phone number too."),
            self.Channel.LETTER: not (self.city and self.postcode)
            and _("Give the address too: the postcode and the town or village."),
        }
        if problem := missing.get(self.channel):  # type: ignore[call-overload]
            raise ValidationError({"channel": problem})

    def sign_logins(self) -> None:
        """The CMS signs with the login's names, which follow the person's."""
        self.logins.update(first_name=self.first_name, last_name=self.last_name)

    def set_keys(self) -> None:
        """What the name is searched and ordered by; ``bulk_create`` needs it called."""
        self.search_key = search_key(f"{self.first_name} {self.last_name}")
        self.sort_key = sort_key(f"{self.last_name} {self.first_name}".strip())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key", "sort_key"}
        super().save(*args, **kwargs)


def _no_sms(phone: str) -> Promise | str:
    if not phone:
        return _("Give the phone number too.")
    if not receives_sms(phone):
        return _("This is a landline: text messages reach mobile phones only. Choose a phone call.")
    return ""


class Guardianship(UuidModel):
    """Somebody who books, signs and is asked on behalf of somebody else."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("parent")
        LEGAL = "legal", _("legal guardian")
        CARER = "carer", _("carer")

    guardian = models.ForeignKey(Person, models.CASCADE, related_name="wards")
    ward = models.ForeignKey(Person, models.CASCADE, related_name="guardians")
    kind = models.CharField(_("as"), max_length=6, choices=Kind)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        constraints = (
            models.UniqueConstraint(fields=["guardian", "ward"], name="guardianship_once"),
            models.CheckConstraint(
                condition=~Q(guardian=F("ward")), name="guardianship_of_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class FormerDetail(UuidModel):
    """What a merged person was also known by; kept, so that a merge loses nothing."""

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        ADDRESS = "address", _("address")

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_details")
    kind = models.CharField(max_length=7, choices=Kind)
    value = models.CharField(max_length=260)
    search_key = models.CharField(max_length=260, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("former detail")
        verbose_name_plural = _("former details")
        indexes = (
            GinIndex(
                fields=["search_key"], opclasses=["gin_trgm_ops"], name="former_detail_trigrams"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["person", "kind", "value"], name="former_detail_once"),
        )

    def __str__(self) -> str:
        return self.value

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.value)
        super().save(*args, **kwargs)


class DifferentPeople(UuidModel):
    """That somebody looked at two likely duplicates and said they are two people."""

    # In the order of their ids, so that a pair is one row whichever way it is asked for.
    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_by = models.UUIDField(null=True)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("different people")
        verbose_name_plural = _("different people")
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="different_people_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="different_people_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
