"""The kinds of messages the portal sends. Each app registers its own in ``AppConfig.ready``."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What people may choose to receive. ``SERVICE`` is what must be said, and is always sent."""

    SERVICE = "service", _("what concerns your bookings, tasks and account")
    REMINDERS = "reminders", _("reminders")
    NEWS = "news", _("news and invitations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    Attributes:
        key: also the name of its templates, ``emails/<key>.{subject.txt,txt,sms.txt}``; dots and
            slashes allowed.
        is_urgent: goes before everything else and does not wait for the morning.
        goes_to_inbox: whether somebody with a login also finds it on the site.
        is_secret: holds a code or a link that lets somebody in: nobody but the recipient reads it,
            and the words are deleted as soon as they are of no use.
    """

    key: str
    label: Promise | str
    category: Category = Category.SERVICE
    is_urgent: bool = False
    goes_to_inbox: bool = True
    is_secret: bool = False


# Every mail that is not ours: Django's, allauth's, Wagtail's. They hold links that let people in.
DJANGO_MAIL = Kind(
    key="mail",
    label=_("e-mail of the site"),
    is_urgent=True,
    goes_to_inbox=False,
    is_secret=True,
)

_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """
    Raises:
        KeyError: no app has registered it.
    """
    return _kinds[key]


def label_of(key: str) -> Promise | str:
    """For people; the key itself when the app that registered it is gone."""
    return _kinds[key].label if key in _kinds else key


def secret_keys() -> list[str]:
    return [kind.key for kind in _kinds.values() if kind.is_secret]


def category_of(key: str) -> Category:
    return _kinds[key].category if key in _kinds else Category.SERVICE
