from datetime import timedelta
from math import ceil

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.export import export_archive
from portal.accounts.limits import TooManyTries, take
from portal.accounts.privacy import declarations
from portal.audit.models import record
from portal.entrance.doors import logged_in
from portal.entrance.proofs import recently_proved
from portal.entrance.requests import OwnRequest
from portal.entrance.second_factor import is_recently_proved
from portal.my_account.tries import DOWNLOADS


@require_safe
@recently_proved
def download(request: OwnRequest) -> HttpResponse:
    return _page(request)


@require_POST
@logged_in
def archive(request: OwnRequest) -> HttpResponse:
    if not is_recently_proved(request, request.user):
        return redirect("my_account:download")
    person = request.user.person
    try:
        take(DOWNLOADS, str(request.user.pk))
    except TooManyTries as refusal:
        minutes = ceil(refusal.wait / timedelta(minutes=1))
        return _page(request, status=429, wait=minutes)
    content = export_archive(person)
    record("person.exported", actor=request.user.pk, of=person, person=person.pk)
    day = timezone.localdate().isoformat()
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="moje-dane-{day}.zip"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _page(request: OwnRequest, *, status: int = 200, wait: int = 0) -> HttpResponse:
    context = {"declarations": declarations(), "wait": wait}
    return TemplateResponse(request, "my_account/download.html", context, status=status)
