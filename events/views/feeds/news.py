from datetime import UTC, datetime

from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.calendars import site_name
from events.models import Activity, Session
from portal.page_cache import live_page
from tenants.binding import current_tenant
from tenants.formats import moment

IN_FEED = 30


class _Feed(Rss201rev2Feed):
    """Of an empty feed Django gives the time of the request: two in a row would differ."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else current_tenant().created_at


@live_page
def rss(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of what is to come: an item for each activity, newest first, so that a reader is told
    of a weekly meeting once."""
    feed = _Feed(
        title=site_name(),
        link=request.build_absolute_uri(reverse("events:agenda")),
        description=_("Coming events: %(site)s") % {"site": current_tenant().name},
        language=get_language() or "pl",
        feed_url=request.build_absolute_uri(request.path),
    )
    for activity, next_at in _coming().items():
        url = request.build_absolute_uri(reverse("events:activity", args=[activity.slug]))
        feed.add_item(
            title=activity.title,
            link=url,
            description=_description(activity, next_at),
            unique_id=url,
            pubdate=_announced_at(activity),
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )


def _coming() -> dict[Activity, datetime]:
    """With the next date of each."""
    to_come = Q(sessions__status__in=Session.TAKING_PLACE, sessions__ends_at__gt=timezone.now())
    found = (
        Activity.objects.published()
        .with_texts()
        .annotate(next_at=Min("sessions__starts_at", filter=to_come))
        .filter(next_at__isnull=False)
        .order_by("-created_at", "-id")[:IN_FEED]
    )
    return {activity: activity.next_at for activity in found}  # type: ignore[attr-defined]


def _description(activity: Activity, next_at: datetime) -> str:
    when = _("Next date: %(when)s.") % {"when": moment(next_at)}
    lead = activity.text.lead if activity.text else ""
    return f"{lead} {when}".strip()


def _announced_at(activity: Activity) -> datetime:
    text = activity.text
    return ((text and text.first_published_at) or activity.created_at).astimezone(UTC)
