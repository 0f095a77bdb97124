"""The form somebody is filling in: found by the cookie of its browser, and by nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from events.clients import client_of
from events.models import BookingDraft
from events.places_gone import LateForm, late_form
from events.refusals import BookingRefused, TooManyHolds
from events.views.booking.refusing import too_many
from events.views.booking.ways import told_of_draft
from portal.accounts.limits import TooManyTries
from portal.accounts.models import Person
from tenants import statements

P = ParamSpec("P")
DraftView = Callable[Concatenate[HttpRequest, BookingDraft, P], HttpResponseBase]
# The resolver gives the id of the draft by its name.
UrlView = Callable[..., HttpResponseBase]


def of_open_draft(view: DraftView[P]) -> UrlView:
    """A page of a form that is still being filled in; one that was sent shows its confirmation."""
    return _of_draft(view, is_sent=False)


def of_sent_draft(view: DraftView[P]) -> UrlView:
    """A page of a form that was sent; one that was not is led on to where it stands."""
    return _of_draft(view, is_sent=True)


def _of_draft(view: DraftView[P], *, is_sent: bool) -> UrlView:
    @never_cache
    @wraps(view)
    def wrapped(
        request: HttpRequest, draft: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            with statements.prepared():
                found = drafts_of(request).get(pk=draft)
        except BookingDraft.DoesNotExist:
            return not_here(request)
        if away := _elsewhere(request, found, is_sent=is_sent):
            return away
        try:
            return view(request, found, *args, **kwargs)
        except BookingDraft.DoesNotExist:
            # Let go in another tab a moment ago.
            return not_here(request)
        except BookingRefused as refusal:
            held = held_besides(request, found) if isinstance(refusal, TooManyHolds) else []
            return told_of_draft(request, refusal, found, others=held)
        except TooManyTries as tries:
            return too_many(request, tries.wait)

    return wrapped


def _elsewhere(
    request: HttpRequest, draft: BookingDraft, *, is_sent: bool
) -> HttpResponseBase | None:
    """Where to go instead: a form begun with a login is for that login, in any browser."""
    if draft.person_id is not None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
    if draft.person_id is not None:
        me = person_of(request)
        if me is None or me.pk != draft.person_id:
            return not_here(request)
        draft.person = me
    if is_sent and draft.booking_id is None:
        return redirect("events:step", draft.pk, "sprawdz")
    if not is_sent and draft.booking_id is not None:
        return redirect("events:done", draft.pk)
    return None


def late_form_of(request: HttpRequest, draft: UUID) -> LateForm | None:
    """The form, if its places are gone and it is for whoever sends the request."""
    late = late_form(draft, client_of(request) or "-")
    if late is None or late.person is None:
        return late
    me = person_of(request)
    return late if me is not None and me.pk == late.person else None


def drafts_of(request: HttpRequest) -> QuerySet[BookingDraft]:
    """Everything this browser began."""
    own = BookingDraft.objects.filter(client=client_of(request) or "-")
    return own.select_related("activity", "pool")


def held_besides(request: HttpRequest, draft: BookingDraft) -> list[BookingDraft]:
    """Other forms of this browser that keep places now."""
    others = drafts_of(request).filter(slot__isnull=False).exclude(pk=draft.pk)
    return list(others.order_by("created_at"))


def person_of(request: HttpRequest) -> Person | None:
    return request.user.person if request.user.is_authenticated else None


@never_cache
def not_here(request: HttpRequest) -> HttpResponse:
    """Of another browser, or too old: nobody learns which, or whose."""
    return TemplateResponse(request, "events/booking/not_here.html", status=404)
