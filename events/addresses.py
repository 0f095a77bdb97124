"""Where the agenda and the activities are, in each language they can be read in."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.models import Activity

Paths = dict[str, str]


def paths_of(name: str, languages: Iterable[str], *args: str) -> Paths:
    """Of one page, by language."""
    found = {}
    for language in languages:
        with override(language):
            found[language] = reverse(name, args=args)
    return found


def languages_of(activity: Activity) -> list[str]:
    """Those its words are published in; Polish at least."""
    published = [text.language for text in activity.texts.all() if text.live]
    return published or [settings.LANGUAGE_CODE]


def addresses_of_events() -> Iterator[tuple[Paths, datetime | None]]:
    """The agenda, and every activity that has a date to come, with its last change: two queries."""
    yield paths_of("events:agenda", [code for code, _name in settings.LANGUAGES]), None
    coming = Activity.objects.published().filter(sessions__ends_at__gt=timezone.now()).distinct()
    for activity in coming.with_texts().order_by("slug"):
        languages = languages_of(activity)
        yield paths_of("events:activity", languages, activity.slug), activity.changed_at
