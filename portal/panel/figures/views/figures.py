"""What the office has done, month by month, for the director: totals, and nobody's name."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission
from portal.audit.models import record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.figures import tables
from portal.panel.figures.charts import chart
from portal.panel.figures.counting import counted, projects_of
from portal.panel.figures.kinds import BY_KEY, KINDS
from portal.panel.figures.of_partners import figures_of_partners
from portal.panel.figures.period import DAYS, PeriodForm
from portal.panel.participants.papers import file_response
from portal.panel.spreadsheets import csv_text
from tenants.binding import current_tenant


@require_safe
@requires(Permission.SEE_FIGURES)
def figures(request: OwnRequest) -> HttpResponse:
    """Those of the gmina; on a leader's site, those its partners told it."""
    site = current_tenant()
    projects = list(projects_of(site))
    form = PeriodForm(request.GET, projects)
    period = form.period
    facts = {
        "form": form,
        "period": period,
        "running": timezone.localdate().replace(day=1),
        "by_days": DAYS,
    }
    if site.is_leader:
        found = figures_of_partners(site, period)
        drawn = [
            (one, chart([(month, numbers[-1].number) for month, numbers in one.rows]))
            for one in found.of_kinds
        ]
        return TemplateResponse(
            request, "panel/figures/partners.html", {**facts, "figures": found, "drawn": drawn}
        )
    own = [counted(kind, period, projects) for kind in KINDS]
    drawn_own = [(one, chart([(month, row[-1]) for month, row in one.rows])) for one in own]
    has_leader = any(project.leader_site_id for project in projects)
    return TemplateResponse(
        request,
        "panel/figures/figures.html",
        {**facts, "drawn": drawn_own, "has_leader": has_leader},
    )


@require_safe
@requires(Permission.SEE_FIGURES)
def csv(request: OwnRequest, figure: str) -> HttpResponse:
    """One table, of the months the page shows; that it was downloaded is noted."""
    if figure not in BY_KEY:
        raise Http404
    site = current_tenant()
    projects = list(projects_of(site))
    period = PeriodForm(request.GET, projects).period
    if site.is_leader:
        found = figures_of_partners(site, period)
        one = next(one for one in found.of_kinds if one.kind.key == figure)
        rows = tables.of_partners(found, one)
    else:
        rows = tables.of_site(counted(BY_KEY[figure], period, projects))
    record("figures.exported", actor=request.user.pk, figure=figure, entries=len(rows) - 1)
    name = f"liczby-{figure}-{period.first:%Y-%m}-{period.last:%Y-%m}.csv"
    return file_response(csv_text(rows), "text/csv; charset=utf-8", name)
