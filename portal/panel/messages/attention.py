"""Who waits for a word of the office, and what somebody thinks should not stand there, for the
Today page."""

from django.db.models import Count, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.models import Conversation, Message, Report
from portal.panel.attention import SHOWN, Block, Line, first_of
from portal.panel.moments import since

EXCERPT = 120


def conversations_waiting() -> Block:
    """Whoever has waited longest comes first."""
    last = Message.objects.filter(conversation=OuterRef("pk"), number=OuterRef("said_number"))
    waiting = (
        Conversation.objects.of_the_office()
        .waiting()
        .annotate(words=Subquery(last.values("text")[:1]))
        .select_related("person")
        .order_by("waiting_since", "id")
    )
    shown, count = first_of(waiting)
    return Block(
        key="conversations",
        heading=_("Messages nobody has answered"),
        count=count,
        url=reverse("panel:messages:inbox"),
        lines=[_conversation(one) for one in shown],
    )


def _conversation(one: Conversation) -> Line:
    words: str = one.words or ""  # type: ignore[attr-defined]
    return Line(
        due=since(one.waiting_since) if one.waiting_since else "",
        kind=_("message") if one.person else _("group"),
        title=str(one.person or one),
        note=Truncator(" ".join(words.split())).chars(EXCERPT) or _("a file without words"),
        url=reverse("panel:messages:conversation", args=[one.pk]),
    )


def reported_messages() -> Block:
    """A line for each message, however many told us of it; its words stand on its page alone."""
    by_message = (
        Report.objects.filter(state=Report.State.OPEN)
        .values("message")
        .annotate(since=Min("created_at"), number=Count("pk"), why=Min("reason"))
        .order_by("since", "message")
    )
    shown = list(by_message[: SHOWN + 1])
    url = reverse("panel:messages:reports")
    return Block(
        key="reported-messages",
        heading=_("Messages somebody reported"),
        count=len(shown) if len(shown) <= SHOWN else by_message.count(),
        url=url,
        lines=[
            Line(
                due=since(row["since"]),
                kind=_("message"),
                title=str(Report.Reason(row["why"]).label),
                note=ngettext(
                    "%(number)d person says so", "%(number)d people say so", row["number"]
                )
                % {"number": row["number"]},
                url=url,
            )
            for row in shown[:SHOWN]
        ],
    )
