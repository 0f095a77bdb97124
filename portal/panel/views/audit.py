"""Who did what, newest first."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person, User
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.audit.actions import ACTIONS
from portal.audit.models import AuditEntry, AuditQuerySet, record
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.audit_pages import audit_page
from portal.panel.history import told
from portal.panel.spreadsheets import csv_text

EXPORTED = 20_000
# People a name in the filter may mean.
NAMESAKES = 50


class AuditFilter(forms.Form):
    co = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    kto = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    osoba = forms.UUIDField(required=False, widget=forms.HiddenInput)
    od = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    do = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = sorted((str(label), key) for key, label in ACTIONS.items())
        self.fields["co"].choices = [  # type: ignore[attr-defined]
            ("", _("everything")),
            *((key, label) for label, key in known),
        ]


@require_safe
@requires(Permission.SEE_AUDIT)
def audit(request: OwnRequest) -> HttpResponse:
    form = AuditFilter(request.GET)
    found = audit_page(_filtered(form), request.GET.get("przed", ""))
    about = _about(form)
    return TemplateResponse(
        request,
        "panel/audit.html",
        {"form": form, "events": told(found.entries), "older": found.older, "about": about},
    )


@require_safe
@requires(Permission.SEE_AUDIT)
def export(request: OwnRequest) -> HttpResponse:
    """What the filter finds, the newest ``EXPORTED`` of it; that it was downloaded is noted."""
    entries = list(_filtered(AuditFilter(request.GET)).order_by("-at", "-pk")[:EXPORTED])
    record("audit.exported", actor=request.user.pk, entries=len(entries))
    rows = [
        (
            timezone.localtime(event.entry.at).isoformat(timespec="seconds"),
            event.actor,
            event.entry.action,
            event.person,
            event.entry.object_type,
            str(event.entry.object_id or ""),
            event.details,
        )
        for event in told(entries)
    ]
    heading = (_("when"), _("who"), _("what"), _("about whom"), _("thing"), _("id"), _("details"))
    response = HttpResponse(csv_text([heading, *rows]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="dziennik.csv"'
    return response


def _filtered(form: AuditFilter) -> AuditQuerySet:
    """Fields with nonsense filter nothing; the page says which they are."""
    form.is_valid()
    wanted = form.cleaned_data
    entries: AuditQuerySet = AuditEntry.objects.all()
    if wanted.get("co"):
        entries = entries.filter(action=wanted["co"])
    if wanted.get("osoba"):
        entries = entries.about_any(_ids_of_one(wanted["osoba"]))
    if wanted.get("kto"):
        people, logins = _ids_of(wanted["kto"])
        entries = entries.filter(Q(person__in=people) | Q(actor__in=logins))
    if wanted.get("od"):
        entries = entries.filter(at__gte=_midnight(wanted["od"]))
    if wanted.get("do"):
        entries = entries.filter(at__lt=_midnight(wanted["do"] + timedelta(days=1)))
    return entries


def _ids_of(name: str) -> tuple[list[UUID], list[UUID]]:
    """Of the people a name may mean, and of their logins."""
    people = list(search_people(name).values_list("pk", flat=True)[:NAMESAKES])
    return people, list(User.objects.filter(person__in=people).values_list("pk", flat=True))


def _ids_of_one(pk: UUID) -> list[UUID]:
    """Of a person and of everybody who was merged into them."""
    person = Person.objects.filter(pk=pk).first()
    return [one.pk for one in everybody_who_is(person)] if person else [pk]


def _about(form: AuditFilter) -> Person | None:
    chosen = form.cleaned_data.get("osoba")
    return Person.objects.filter(pk=chosen, erased_at=None).first() if chosen else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
