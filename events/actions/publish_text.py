from django.db import transaction

from events.listing import listing_changed
from events.models import Activity, ActivityText
from events.states import lock_activity
from events.texts import make_public
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def publish_text(*, text: ActivityText, acting_user: User) -> ActivityText:
    """Let everybody read the draft; harmless when they already do. No rule or date changes."""
    activity = lock_activity(text.activity)
    stored = ActivityText.objects.select_related("latest_revision").get(pk=text.pk)
    if stored.live and not stored.has_unpublished_changes:
        return stored
    make_public(stored)
    record("activity.published", actor=acting_user.pk, of=activity, language=stored.language)
    if activity.status == Activity.Status.PUBLISHED:
        listing_changed()
    return stored
