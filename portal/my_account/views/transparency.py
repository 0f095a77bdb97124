from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.merging import everybody_who_is
from portal.accounts.privacy import declarations
from portal.audit.models import AuditEntry
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.my_account.trail import told
from portal.paging import page_of

ENTRIES_PER_PAGE = 25


@require_safe
@logged_in
def kept(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(request, "my_account/kept.html", {"declarations": declarations()})


@require_safe
@logged_in
def looked(request: OwnRequest) -> HttpResponse:
    """Who looked at my data and changed it, also before two entries about me became one."""
    person = request.user.person
    entries = AuditEntry.objects.about_any(one.pk for one in everybody_who_is(person))
    pages = page_of(entries, request, ENTRIES_PER_PAGE)
    return TemplateResponse(
        request,
        "my_account/looked.html",
        {"pages": pages, "entries": told(list(pages.object_list), reader=request.user)},
    )
