"""What somebody logs in with: an e-mail address or a mobile number, typed as people type them."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.phone_numbers import clean_phone, receives_sms
from portal.notifications.models import Delivery
from portal.notifications.promise import Address

EMAIL, SMS = Delivery.Channel.EMAIL, Delivery.Channel.SMS


class LoginAddress(NamedTuple):
    channel: str
    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def is_email(self) -> bool:
        return self.channel == EMAIL

    @property
    def email(self) -> str:
        return self.value if self.is_email else ""

    @property
    def phone(self) -> str:
        return "" if self.is_email else self.value

    def login(self) -> User | None:
        """Whose it is; None also for a login that was closed."""
        by = {"email": self.value} if self.is_email else {"phone": self.value}
        return User.objects.filter(is_active=True, **by).first()

    def is_taken(self, *, besides: User | None = None) -> bool:
        by = {"email": self.value} if self.is_email else {"phone": self.value}
        others = User.objects.exclude(pk=besides.pk) if besides else User.objects.all()
        return others.filter(**by).exists()

    def recipient(self) -> Address:
        return Address(self.value, Delivery.Channel(self.channel), get_language() or "pl")


def address_of(user: User) -> LoginAddress:
    """Where a login is reached; e-mail first, it costs nothing."""
    return LoginAddress(EMAIL, user.email) if user.email else LoginAddress(SMS, str(user.phone))


class EmailField(forms.CharField):
    def clean(self, value: Any) -> LoginAddress:
        text = str(super().clean(value)).lower()
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(
                _("This is not a full e-mail address. It looks like this: anna@example.pl.")
            ) from None
        return LoginAddress(EMAIL, text)


class MobileField(forms.CharField):
    def clean(self, value: Any) -> LoginAddress:
        number = clean_phone(str(super().clean(value)))
        if not receives_sms(number):
            raise ValidationError(
                _("Text messages do not reach this number. Type a mobile number.")
            )
        return LoginAddress(SMS, number)


class LoginAddressField(forms.CharField):
    """Either of them: an e-mail address has an @."""

    default_error_messages = {"required": _("Type your e-mail address or your phone number.")}

    def clean(self, value: Any) -> LoginAddress:
        text = str(super().clean(value))
        field = EmailField if "@" in text else MobileField
        return field(max_length=254).clean(text)
