"""A request for help as the holder of its link may see it: how it goes, who helps, what comes
next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from events.message_words import when
from events.views.booking.answered import contact_words
from portal.accounts.models import User
from volunteering.asked import readable
from volunteering.close_people import close_to
from volunteering.contact import SHARED_WHILE, Contact, contact_of, in_force
from volunteering.models import Assignment, ContactConsent, HelpRequest
from volunteering.refusals import TOLD, LinkExpired
from volunteering.request_links import link_of, request_for, request_path
from volunteering.views.asking.refusing import refused

P = ParamSpec("P")
RequestView = Callable[Concatenate[HttpRequest, HelpRequest, P], HttpResponseBase]
# The resolver gives code and token by their names.
LinkView = Callable[..., HttpResponseBase]
Side = ContactConsent.Side
Status = HelpRequest.Status

# Where it stands, and what comes next.
_WORDS: dict[str, tuple[Promise, Promise]] = {
    Status.SUBMITTED: (
        gettext_lazy("We have your request"),
        gettext_lazy("Next the office reads it, on its next working day."),
    ),
    Status.TRIAGED: (
        gettext_lazy("The office has read your request"),
        gettext_lazy("Next we ask volunteers who have time then."),
    ),
    Status.SEARCHING: (
        gettext_lazy("We are looking for somebody"),
        gettext_lazy("Volunteers have been asked. We let you know as soon as somebody says yes."),
    ),
    Status.PENDING: (
        gettext_lazy("Somebody may be able to help"),
        gettext_lazy("Next the office confirms it, and we let you know."),
    ),
    Status.ARRANGED: (
        gettext_lazy("Somebody is coming to help"),
        gettext_lazy("You need do nothing more. The day before, we remind you both."),
    ),
    Status.UNMET: (
        gettext_lazy("We have not found anybody yet"),
        gettext_lazy("The office looks for another way and calls you."),
    ),
    Status.ESCALATED: (
        gettext_lazy("The office takes care of it"),
        gettext_lazy("Volunteers had no time then. The office looks for another way."),
    ),
    Status.REFERRED: (
        gettext_lazy("Somebody else takes care of it"),
        gettext_lazy("The office has handed your request on. If you have heard nothing, call us."),
    ),
    Status.COMPLETED: (
        gettext_lazy("This help is over"),
        gettext_lazy("You can ask again whenever you need somebody."),
    ),
    Status.CANCELLED: (
        gettext_lazy("This request was called off"),
        gettext_lazy("Nobody comes. You can ask again whenever you need somebody."),
    ),
    Status.CLOSED_UNMET: (
        gettext_lazy("We have found nobody this time"),
        gettext_lazy("We are sorry. Call us, and we look for another way together."),
    ),
}
# Arranged, and its time is over: nobody has said how it went.
_AFTERWARDS = (
    gettext_lazy("The time of this help is over"),
    gettext_lazy("Tell us whether it took place, so that we know."),
)


def of_link(view: RequestView[P]) -> LinkView:
    """A page of the request whose link was opened."""

    @never_cache
    @wraps(view)
    def wrapped(
        request: HttpRequest, code: str, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            asked = request_for(code, token)
        except LinkExpired as refusal:
            return refused(request, refusal)
        try:
            return view(request, asked, *args, **kwargs)
        except TOLD as refusal:
            return refused(request, refusal, back=request_path(asked))

    return wrapped


def user_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


@dataclass(frozen=True)
class Helper:
    """Somebody who helps, by first name until both agree to more."""

    task: Assignment

    @property
    def name(self) -> str:
        return self.task.profile.person.first_name or _("a volunteer")

    @property
    def has_ended(self) -> bool:
        return self.task.ends_at <= timezone.now()

    @property
    def is_done(self) -> bool:
        return self.task.status == Assignment.Status.DONE

    @property
    def did_not_come(self) -> bool:
        return self.task.status == Assignment.Status.NO_SHOW

    @property
    def may_share(self) -> bool:
        """What is to be seen can be chosen while the help lies ahead."""
        return self.task.status in SHARED_WHILE and self.task.is_active

    @property
    def waits_for_word(self) -> bool:
        """Over, and nobody has said whether it took place."""
        return self.has_ended and self.task.is_active

    @cached_property
    def contact(self) -> Contact | None:
        """Of the volunteer, as far as it may be seen now."""
        return contact_of(self.task, Side.VOLUNTEER)

    @cached_property
    def consent(self) -> ContactConsent | None:
        """What the volunteer may see of whoever is helped."""
        return next((one for one in in_force(self.task) if one.side == Side.REQUESTER), None)

    @property
    def shown(self) -> list[str]:
        """What was ticked, in words."""
        if self.consent is None:
            return []
        consent = self.consent
        return [
            words
            for is_shown, words in (
                (consent.shows_phone, _("phone number")),
                (consent.shows_address, _("address")),
                (consent.shows_last_name, _("last name")),
                (consent.shows_email, _("e-mail address")),
            )
            if is_shown
        ]


@dataclass(frozen=True)
class Managed:
    request: HelpRequest

    @property
    def code(self) -> str:
        return readable(self.request.code)

    @property
    def link(self) -> Sequence[str]:
        return link_of(self.request)

    @property
    def title(self) -> str:
        return str(self._words[0])

    @property
    def next(self) -> str:
        return str(self._words[1])

    @property
    def _words(self) -> tuple[Promise, Promise]:
        if self.request.status == Status.ARRANGED and self.request.ends_at <= timezone.now():
            return _AFTERWARDS
        return _WORDS[self.request.status]

    @property
    def when(self) -> str:
        return when(self.request.starts_at, self.request.ends_at)

    @property
    def contact(self) -> str:
        return contact_words(self.request.contact)

    @property
    def helped(self) -> str:
        """Somebody else who is to be helped."""
        return self.request.requester.full_name if self.request.asked_by_id else ""

    @property
    def speaks_for_them(self) -> bool:
        """Whether what is known of whoever is helped is for the holder of the link to show."""
        asker = self.request.asked_by
        return asker is None or close_to(asker).filter(pk=self.request.requester_id).exists()

    @cached_property
    def helpers(self) -> list[Helper]:
        """Those who come, and those who came or did not."""
        shown = (*Assignment.ACTIVE, Assignment.Status.DONE, Assignment.Status.NO_SHOW)
        tasks = self.request.assignments.filter(status__in=shown)
        found = tasks.exclude(status=Assignment.Status.PROPOSED).select_related("profile__person")
        helpers = [Helper(task) for task in found.in_order()]
        for one in helpers:
            one.task.request = self.request
        return helpers

    @property
    def can_call_off(self) -> bool:
        return (
            Status.CANCELLED in HelpRequest.FOLLOWS[self.request.status]
            and self.request.ends_at > timezone.now()
        )

    def helper(self, pk: UUID) -> Helper:
        """
        Raises:
            Http404: nobody of this request.
        """
        for one in self.helpers:
            if one.task.pk == pk:
                return one
        raise Http404
