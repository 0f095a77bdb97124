from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from tenants.jobs import NoSuchFailedJob, failed_jobs, retry_job


@require_safe
@requires(Permission.SEE_JOBS)
def jobs(request: OwnRequest) -> HttpResponse:
    """Background work of this site that failed."""
    return TemplateResponse(request, "panel/jobs.html", {"jobs": failed_jobs()})


@require_POST
@requires(Permission.RETRY_JOBS)
def retry(request: OwnRequest, pk: int) -> HttpResponse:
    try:
        retry_job(pk)
    except NoSuchFailedJob:
        raise Http404 from None
    record("job.retried", actor=request.user.pk, job=pk)
    messages.success(request, _("It runs again in a moment."))
    return redirect("panel:jobs")
