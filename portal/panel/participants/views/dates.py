"""Somebody calls: for which date?"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from events.finding import said_about
from events.models import Activity, Session
from events.models.session import SessionQuerySet
from portal.accounts.models import Person
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.finding import person_or_404
from portal.panel.participants.heads import when
from portal.panel.views.people import asked

SIZE = 20


@require_safe
@requires(Permission.RUN_EVENTS)
def dates(request: OwnRequest) -> HttpResponse:
    """``?q=``: words of the title."""
    return _page(request, None)


@require_safe
@requires(Permission.RUN_EVENTS)
def dates_for(request: OwnRequest, person: UUID) -> HttpResponse:
    """The same for somebody whose card is open."""
    return _page(request, person_or_404(person))


def _page(request: OwnRequest, person: Person | None) -> HttpResponse:
    question = asked(request)
    sessions = _open_to_callers()
    if question:
        sessions = sessions.filter(activity__texts__in=said_about(question)).distinct()
    page = page_of(sessions, request, SIZE)
    return TemplateResponse(
        request,
        "panel/participants/dates.html",
        {
            "person": person,
            "question": question,
            "pages": page,
            "lines": [(session, when(session)) for session in page],
        },
    )


def _open_to_callers() -> SessionQuerySet:
    """To come or going on, with places; of a course its next date stands for all of them."""
    coming = Session.objects.public().taking_place().upcoming()
    earlier = coming.filter(activity=OuterRef("activity"), starts_at__lt=OuterRef("starts_at"))
    is_course = Q(activity__kind=Activity.Kind.COURSE)
    return (
        coming.filter(
            Q(pool__isnull=False) | Q(is_course, activity__pool__isnull=False),
            activity__takes_bookings=True,
        )
        .exclude(Q(is_course) & Exists(earlier))
        .select_related("activity__pool", "pool", "place", "room")
        .prefetch_related("activity__texts")
        .in_order()
    )
