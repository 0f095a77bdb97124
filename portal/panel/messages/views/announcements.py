"""Announcements: all of them, a new one, and what became of one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.audiences import Named
from portal.messaging.models import Broadcast, Message
from portal.messaging.refusals import MessagingRefused
from portal.paging import page_of
from portal.panel.messages.choosing import chosen_of, may_be_chosen
from portal.panel.messages.finding import announced, broadcast_or_404
from portal.panel.messages.forms import WordsForm
from portal.panel.messages.recipients import recipients_page
from portal.panel.messages.thread import names_of


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def announcements(request: OwnRequest) -> HttpResponse:
    """``?stan=``: in one state."""
    state = request.GET.get("stan", "")
    found = Broadcast.objects.newest_first()
    if state in Broadcast.State.values:
        found = found.filter(state=state)
    pages = page_of(found, request)
    names = names_of(one.written_by for one in pages)
    return TemplateResponse(
        request,
        "panel/messages/announcements.html",
        {
            "state": state,
            "states": Broadcast.State.choices,
            "pages": pages,
            "rows": [(one, names.get(one.written_by, "")) for one in pages],
        },
    )


@requires(Permission.WRITE_TO_PEOPLE)
def compose(request: OwnRequest) -> HttpResponse:
    """``?do=events.session:<id>``, any number of them: to whom, where another page led here."""
    chosen = [_named(request, words) for words in request.GET.getlist("do")]
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, form, None, chosen)
        if saved is not None:
            return redirect(_next_step(saved), saved.pk)
    return TemplateResponse(
        request,
        "panel/messages/words.html",
        {"form": form, "broadcast": None, "chosen": chosen_of(chosen)},
        status=422 if form.is_bound else 200,
    )


@requires(Permission.WRITE_TO_PEOPLE)
def words(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Changed while it has not gone out; one that waits for its time becomes a draft again."""
    found = broadcast_or_404(pk)
    if request.method != "POST":
        form = WordsForm(instance=found)
    else:
        form = WordsForm(request.POST, instance=broadcast_or_404(pk))
        if form.is_valid():
            saved = _saved(request, form, found, found.audiences)
            if saved is not None:
                return redirect(_next_step(saved), saved.pk)
    return TemplateResponse(
        request,
        "panel/messages/words.html",
        {"form": form, "broadcast": found, "chosen": chosen_of(found.audiences)},
        status=422 if form.is_bound else 200,
    )


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def announcement(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?stan=``: recipients of one state."""
    found = broadcast_or_404(pk)
    sent, is_late = announced(found), found.is_due(timezone.now())
    return TemplateResponse(
        request,
        "panel/messages/announcement.html",
        {
            "broadcast": found,
            "sent": sent,
            "chosen": chosen_of(found.audiences),
            "author": names_of([found.written_by]).get(found.written_by, ""),
            "answers": sent.replies.count() if sent else 0,
            "is_late": is_late,
            "is_moving": is_late,
            **(recipients_page(request, found) if sent else {}),
        },
    )


@require_safe
@requires(Permission.SEE_CONVERSATIONS)
def answers(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Who answered, each in their own conversation with the office."""
    found = broadcast_or_404(pk)
    said = Message.objects.filter(answers=announced(found), author__isnull=False)
    said = said.exclude(answers=None).select_related("author", "conversation")
    return TemplateResponse(
        request,
        "panel/messages/answers.html",
        {"broadcast": found, "pages": page_of(said.order_by("-created_at", "-id"), request)},
    )


def _named(request: OwnRequest, words: str) -> Named:
    """
    Raises:
        Http404: no such group, or not one this user writes to.
    """
    key, _colon, of = words.partition(":")
    named = Named(key=key, of=of)
    if not may_be_chosen(request.user, named):
        raise Http404
    return named


def _saved(
    request: OwnRequest, form: WordsForm, broadcast: Broadcast | None, chosen: list[Named]
) -> Broadcast | None:
    """None, with the refusal on the form, when it cannot be changed any more."""
    try:
        return save_broadcast(
            broadcast=broadcast, audiences=chosen, acting_user=request.user, **form.cleaned_data
        )
    except MessagingRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _next_step(broadcast: Broadcast) -> str:
    return f"panel:messages:{'check' if broadcast.audiences else 'audience'}"
