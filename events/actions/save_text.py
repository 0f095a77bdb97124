from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from wagtail.images.models import AbstractImage

from events.models import Activity, ActivityText
from events.states import lock_activity
from events.texts import draft_of
from portal.accounts.models import User
from portal.audit.models import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    title: str
    lead: str = ""
    body: str = ""
    picture: AbstractImage | None = None


_FIELDS = ("title", "lead", "body", "picture")


@transaction.atomic
def save_text(
    *,
    activity: Activity,
    language: str,
    words: Words,
    only_while: Collection[Activity.Status] = (),
    acting_user: User,
) -> ActivityText:
    """Keep what is said about an activity in one language as a draft; readers keep what they have.

    Raises:
        NotPossibleNow: the activity is in a state in which whoever acts may not write.
    """
    lock_activity(activity, only_while=only_while)
    text = ActivityText.objects.filter(activity=activity, language=language).first()
    is_new = text is None
    if text is None:
        text = ActivityText(activity=activity, language=language, live=False)
    draft = draft_of(text)
    if not is_new and all(_is_same(draft, words, name) for name in _FIELDS):
        return text
    if not text.live:
        # Nobody reads the row yet, and lists of the office name the activity by it.
        draft = text
    for name in _FIELDS:
        setattr(draft, name, getattr(words, name))
    if not text.live:
        draft.save()
    # Of words that are read by everybody, this writes the revision alone.
    draft.save_revision(user=acting_user)
    record("activity.saved", actor=acting_user.pk, of=activity, language=language)
    return ActivityText.objects.get(pk=text.pk)


def _is_same(draft: ActivityText, words: Words, name: str) -> bool:
    return bool(getattr(draft, name) == getattr(words, name))
