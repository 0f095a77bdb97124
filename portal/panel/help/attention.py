"""What of neighbourly help waits for a human, as blocks of the Today page."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.panel.attention import Block, Line, first_of
from portal.panel.moments import at, since
from volunteering.models import Assignment, HelpRequest, Proposal

Status = HelpRequest.Status


def waiting() -> "QuerySet[HelpRequest]":
    """New requests, and those nobody was found for: the number in the menu."""
    return HelpRequest.objects.filter(status__in=(Status.SUBMITTED, Status.UNMET))


def new_requests() -> Block:
    rows = HelpRequest.objects.filter(status=Status.SUBMITTED)
    return _block("help-new", _("New requests for help"), rows, "?stan=nowe")


def unmet_requests() -> Block:
    rows = HelpRequest.objects.filter(status__in=(Status.UNMET, Status.ESCALATED))
    return _block("help-unmet", _("Requests nobody was found for"), rows, "?stan=bez-pomocy")


def proposals_to_confirm() -> Block:
    waits = Proposal.objects.filter(request=OuterRef("pk"), status=Proposal.Status.PROPOSED)
    pending = HelpRequest.objects.filter(Exists(waits), status=Status.PENDING)
    newest = waits.order_by("-run__started_at").values("run")[:1]
    rows, count = first_of(
        pending.annotate(run=newest).select_related("requester", "district").by_need()
    )
    pages = [reverse("panel:help:run_result", args=[one.run]) for one in rows]  # type: ignore[attr-defined]
    return Block(
        key="help-proposals",
        heading=_("Proposed volunteers to confirm"),
        count=count,
        url=pages[0] if pages else reverse("panel:help:match"),
        lines=[_line(one, page) for one, page in zip(rows, pages, strict=True)],
    )


def tasks_without_a_word() -> Block:
    """The time has passed, and nobody has said whether the help was given."""
    over = Assignment.objects.active().filter(request__isnull=False, ends_at__lte=timezone.now())
    rows, count = first_of(
        over.select_related("request__district", "profile__person").in_order()
    )  # fmt: skip
    return Block(
        key="help-over",
        heading=_("Was the help given?"),
        count=count,
        url=f"{reverse('panel:help:requests')}?stan=umowione",
        lines=[
            Line(
                due=since(task.ends_at),
                kind=str(task.request.district),
                title=capfirst(str(task.request)),
                note=task.profile.person.first_name,
                url=reverse("panel:help:request", args=[task.request.pk]),
            )
            for task in rows
            if task.request is not None
        ],
    )


def _block(key: str, heading: str, found: QuerySet[HelpRequest], query: str) -> Block:
    rows, count = first_of(
        found.select_related("requester", "district").order_by("-priority", "starts_at", "id")
    )
    return Block(
        key=key,
        heading=heading,
        count=count,
        url=f"{reverse('panel:help:requests')}{query}",
        lines=[_line(one, reverse("panel:help:request", args=[one.pk])) for one in rows],
    )


def _line(request: HelpRequest, url: str) -> Line:
    return Line(
        due=since(request.submitted_at),
        kind=str(request.get_priority_display()),
        title=capfirst(f"{request}, {request.district}"),
        note=_("needed: %(moment)s") % {"moment": at(request.starts_at)},
        url=url,
        is_late=request.starts_at <= timezone.now(),
    )
