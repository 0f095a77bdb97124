"""The list of somebody's conversations."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.entrance.doors import logged_in
from portal.messaging.listing import entries, found_for
from portal.messaging.reading import unread_of
from portal.messaging.views.doors import OwnThreadRequest
from portal.paging import page_of

CONVERSATIONS_PER_PAGE = 20
LONGEST_QUESTION = 100


@require_safe
@logged_in
def inbox(request: OwnThreadRequest) -> HttpResponse:
    """The whole page; the list alone for a page that is open and asks what has changed."""
    person = request.user.person
    question = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    pages = page_of(found_for(person, question), request, CONVERSATIONS_PER_PAGE)
    return TemplateResponse(
        request,
        "messaging/_conversations.html" if request.htmx else "messaging/inbox.html",
        {
            "pages": pages,
            "entries": entries(list(pages)),
            "question": question,
            "new": unread_of(person),
        },
    )


@require_safe
@logged_in
def unread(request: OwnThreadRequest) -> HttpResponse:
    """In how many conversations there is something new: the mark in the menu of the account."""
    return TemplateResponse(request, "messaging/_unread.html")
