"""Coming dates of the site, repeated in the registry so that the leader's site can list them."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone, translation

from events.models import ActivityText, Session
from events.tasks import refresh_listing
from tenants.binding import current_tenant
from tenants.models import ListedSession, Tenant

# Further ahead nobody looks through dates of a whole partnership.
AHEAD = timedelta(days=180)
_REPEATED = (
    "title",
    "starts_at",
    "ends_at",
    "place",
    "audience",
    "is_free",
    "is_cancelled",
    "path",
)


def listing_changed() -> None:
    """Say so in the transaction that adds, moves, cancels, publishes or takes down something: pages
    that show dates are made anew, and the registry follows."""
    current_tenant().bump_content_version()
    refresh_listing.defer()


def list_sessions() -> None:
    """Make the registry say what the bound site's calendar says; leaders' pages follow a change."""
    tenant = current_tenant()
    # Two jobs of one site come one after the other.
    Tenant.objects.select_for_update(no_key=True).filter(pk=tenant.pk).first()
    listed = {row.session: row for row in ListedSession.objects.filter(tenant=tenant)}
    with translation.override(settings.LANGUAGE_CODE):
        wanted = {row.session: row for row in _rows(tenant)}
    gone = listed.keys() - wanted.keys()
    changed = [row for key, row in wanted.items() if _said(row) != _said(listed.get(key))]
    if not gone and not changed:
        return
    ListedSession.objects.filter(tenant=tenant, session__in=gone).delete()
    ListedSession.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["tenant", "session"],
        update_fields=_REPEATED,
    )
    tenant.bump_content_version_of_leaders()


def _rows(tenant: Tenant) -> Iterable[ListedSession]:
    now = timezone.now()
    sessions = (
        Session.objects.public()
        .upcoming(now)
        .filter(starts_at__lt=now + AHEAD)
        .select_related("activity", "place")
        .prefetch_related(Prefetch("activity__texts", ActivityText.objects.filter(live=True)))
    )
    for session in sessions:
        activity = session.activity
        yield ListedSession(
            tenant=tenant,
            session=session.pk,
            title=activity.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=session.place.name if session.place else "",
            audience=activity.audience,
            is_free=activity.is_free,
            is_cancelled=session.is_cancelled,
            path=reverse("events:activity", args=[activity.slug]),
        )


def _said(row: ListedSession | None) -> tuple[object, ...] | None:
    return tuple(getattr(row, name) for name in _REPEATED) if row else None
