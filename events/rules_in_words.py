"""The rules of an activity in words, the same on its page, on its poster and in its messages."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Activity
from tenants.formats import amount

DAY = 24


def ages(activity: Activity) -> str:
    """Nothing where anybody of any age may come."""
    youngest, oldest = activity.age_min, activity.age_max
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        words = ngettext("aged %(youngest)d or more", "aged %(youngest)d or more", youngest or 0)
    elif youngest is None:
        words = ngettext("aged up to %(oldest)d", "aged up to %(oldest)d", oldest)
    else:
        words = ngettext(
            "aged %(youngest)d to %(oldest)d", "aged %(youngest)d to %(oldest)d", oldest
        )
    return words % {"youngest": youngest, "oldest": oldest}


def fee(activity: Activity) -> str:
    if activity.is_free:
        return _("Free of charge")
    sum_of = {"amount": _amount(activity.fee)}
    if activity.is_course:
        return _("%(amount)s for the whole course") % sum_of
    if activity.kind == Activity.Kind.OPEN_SERIES:
        return _("%(amount)s for each meeting") % sum_of
    return sum_of["amount"]


def _amount(value: Decimal) -> str:
    """``20 zł``: as prices are said, with grosze only where there are any."""
    return amount(value).replace(",00", "")


def giving_back(activity: Activity) -> str:
    """Until when a place can be given back on the site."""
    number = activity.cancel_hours_before
    if not number:
        return _("You can give your place back on the site until the beginning.")
    if number % DAY:
        return ngettext(
            "You can give your place back on the site up to %(number)d hour before the beginning."
            " Later, call us.",
            "You can give your place back on the site up to %(number)d hours before the beginning."
            " Later, call us.",
            number,
        ) % {"number": number}
    return ngettext(
        "You can give your place back on the site up to %(number)d day before the beginning."
        " Later, call us.",
        "You can give your place back on the site up to %(number)d days before the beginning."
        " Later, call us.",
        number // DAY,
    ) % {"number": number // DAY}
