"""A booking as the holder of its link, or the booker who is logged in, may see it: all of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.forms.links import LinkForm
from events.links import booking_for, manage_path
from events.models import Booking, Offer, Participation, TransportRequest, WaitlistEntry
from events.refusals import (
    AlreadyBooked,
    BookingRefused,
    HasInsufficientCapacity,
    LinkExpired,
    OfferExpired,
    OpportunityIsFull,
)
from events.views.booking.answered import contact_words
from events.views.booking.facts import Facts, facts_about
from events.views.booking.refusing import WayOn, refused, too_many
from events.waiting import IN_LINE
from portal.accounts.limits import TooManyTries
from portal.accounts.models import User

P = ParamSpec("P")
BookingView = Callable[Concatenate[HttpRequest, Booking, P], HttpResponseBase]
# The resolver gives code and token by their names.
LinkView = Callable[..., HttpResponseBase]
Status = Participation.Status


def of_link(view: BookingView[P]) -> LinkView:
    """A page of the booking whose link was opened; a link that is over offers a new one."""

    @never_cache
    @wraps(view)
    def wrapped(
        request: HttpRequest, code: str, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            booking = booking_for(code, token)
            return view(request, booking, *args, **kwargs)
        except LinkExpired as refusal:
            return link_over(request, refusal, code)
        except BookingRefused as refusal:
            facts = facts_about(booking.pool)
            return refused(request, refusal, facts=facts, ways=_ways(refusal, booking, facts))
        except TooManyTries as tries:
            return too_many(request, tries.wait)

    return wrapped


def link_over(request: HttpRequest, refusal: LinkExpired, code: str) -> HttpResponse:
    form = LinkForm(initial={"wanted": code})
    return refused(request, refusal, template="events/booking/link_over.html", form=form)


def user_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _ways(refusal: BookingRefused, booking: Booking, facts: Facts) -> list[WayOn]:
    ways = [WayOn(_("Show my booking"), manage_path(booking))]
    if isinstance(refusal, OfferExpired):
        again = reverse("events:start", args=[facts.activity.slug])
        ways.append(WayOn(_("Join the waiting list again"), again))
        link = reverse("events:new_link")
        ways.append(WayOn(_("Send me a new link"), link, sends=[("wanted", booking.code)]))
    if isinstance(refusal, OpportunityIsFull | HasInsufficientCapacity | AlreadyBooked):
        other = reverse("events:booking_date", args=link_of(booking))
        ways.insert(0, WayOn(_("Choose another date"), other))
    return ways


def link_of(booking: Booking) -> Sequence[str]:
    """Code and token, for the addresses below the booking's own."""
    code, token = manage_path(booking).rstrip("/").split("/")[-2:]
    return code, token


@dataclass(frozen=True)
class Managed:
    booking: Booking

    @cached_property
    def facts(self) -> Facts:
        return facts_about(self.booking.pool)

    @cached_property
    def link(self) -> Sequence[str]:
        return link_of(self.booking)

    @cached_property
    def everybody(self) -> list[Participation]:
        rows = self.booking.participations.select_related("person").prefetch_related("needs")
        return list(rows.order_by("ordinal", "id"))

    @cached_property
    def active(self) -> list[Participation]:
        return [one for one in self.everybody if one.status in Participation.ACTIVE]

    @cached_property
    def entry(self) -> WaitlistEntry | None:
        return WaitlistEntry.objects.filter(booking=self.booking).first()

    @cached_property
    def offer(self) -> Offer | None:
        """Open, or the last one they did not answer."""
        if self.entry is None:
            return None
        return self.entry.offers.order_by("-made_at", "-id").first()

    @property
    def open_offer(self) -> Offer | None:
        offer = self.offer
        return offer if offer is not None and offer.state == Offer.State.OPEN else None

    @cached_property
    def transport(self) -> TransportRequest | None:
        return TransportRequest.objects.filter(booking=self.booking).first()

    @property
    def contact(self) -> str:
        return contact_words(self.booking.booker)

    # Where it stands

    @property
    def is_cancelled(self) -> bool:
        """By the organiser; what the people gave back themselves is something else."""
        return self.facts.occasion.is_cancelled

    @property
    def is_over(self) -> bool:
        return self.facts.is_over

    @property
    def is_alive(self) -> bool:
        """Something can still be changed."""
        return bool(self.active) and not self.is_cancelled and not self.is_over

    @property
    def statuses(self) -> set[str]:
        return {one.status for one in self.active}

    @property
    def waits(self) -> bool:
        return Status.WAITING in self.statuses

    @property
    def has_to_confirm(self) -> bool:
        return Status.UNVERIFIED in self.statuses

    @property
    def waits_for_office(self) -> bool:
        return Status.PENDING_APPROVAL in self.statuses

    @property
    def was_refused(self) -> bool:
        ended = {one.status for one in self.everybody}
        return bool(ended) and ended == {Status.CANCELLED_BY_ORGANISER} and not self.is_cancelled

    @property
    def went_to_others(self) -> bool:
        """An offer ran out before anybody answered."""
        return self.entry is not None and self.entry.state == WaitlistEntry.State.EXPIRED

    @property
    def can_give_back(self) -> bool:
        return self.is_alive and (self.waits or self.facts.can_still_cancel)

    @property
    def position(self) -> int:
        """1 is the next one who gets places."""
        entry = self.entry
        if entry is None:
            return 0
        before = Q(joined_at__lt=entry.joined_at) | Q(joined_at=entry.joined_at, pk__lt=entry.pk)
        line = WaitlistEntry.objects.filter(before, pool=entry.pool_id, state__in=IN_LINE)
        return line.count() + 1
