"""How to reach the office: it stands at the top and the bottom of every page."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import F, Value
from django.db.models.functions import JSONObject

from portal.places.models import ContactPhone, Place


@dataclass(frozen=True, slots=True)
class Address:
    """Of the main place; a blank part is not known."""

    name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Reach:
    phone: str
    address: Address | None


def reach() -> Reach:
    """The lead contact's first number, or else the main place's, and that place's address; one
    query for each version of the site's content."""
    found: Reach | None = cache.get_or_set("reach", _asked)
    return found or _asked()


def _asked() -> Reach:
    lead = (
        ContactPhone.objects.filter(contact__is_lead=True)
        .order_by("ordinal", "number")
        .values_list(Value("lead"), JSONObject(phone=F("number")))[:1]
    )
    main = (
        Place.objects.filter(is_main=True)
        .order_by()
        .values_list(
            Value("main"),
            JSONObject(
                name=F("name"),
                street=F("street"),
                postcode=F("postcode"),
                city=F("city"),
                phone=F("phone"),
            ),
        )
    )
    found = dict(lead.union(main, all=True))
    place = found.get("main")
    number = found.get("lead", {}).get("phone") or (place["phone"] if place else "")
    address = place and Address(place["name"], place["street"], place["postcode"], place["city"])
    return Reach(number, address)
