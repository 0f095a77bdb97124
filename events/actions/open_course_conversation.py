from django.conf import settings
from django.db import transaction
from django.utils import translation

from events.course_conversation import is_open_for, people_of
from events.editing_refusals import NothingToTalkAbout
from events.models import Activity
from events.states import lock_activity
from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.membership import bring_up_to_date
from portal.messaging.models import Conversation


@transaction.atomic
def open_course_conversation(*, activity: Activity, acting_user: User) -> Conversation:
    """Where those who come to a course write to each other; opened before, it is the same one.

    Raises:
        NothingToTalkAbout: it is no course, not public, or long over.
    """
    stored = lock_activity(activity)
    if stored.conversation is not None:
        return stored.conversation
    is_course = stored.is_course and stored.pool_id is not None
    if stored.status != Activity.Status.PUBLISHED or not is_course or not is_open_for(stored):
        raise NothingToTalkAbout
    # Everybody reads the same title, whatever language the panel is read in.
    with translation.override(settings.LANGUAGE_CODE):
        title = stored.title[:150]
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.GROUP, title=title, created_by=acting_user.pk
    )
    stored.conversation = conversation
    stored.save(update_fields=["conversation"])
    bring_up_to_date(conversation)
    record(
        "course_conversation.opened", actor=acting_user.pk, of=stored,
        people=people_of(stored).count(),
    )  # fmt: skip
    return conversation
