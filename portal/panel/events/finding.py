"""From the id in an address to the row; what is not of this site is not there."""

from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.models import Activity, ActivityText, Session
from events.session_lines import lines


def activity_or_404(pk: UUID) -> Activity:
    activities = Activity.objects.select_related("organisation", "contact", "pool").with_texts()
    return get_object_or_404(activities, pk=pk)


def session_or_404(pk: UUID) -> Session:
    return get_object_or_404(lines(Session.objects.all()), pk=pk)


def language_or_404(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def text_or_404(activity: Activity, language: str) -> ActivityText:
    return get_object_or_404(
        ActivityText.objects.select_related("latest_revision", "activity"),
        activity=activity,
        language=language,
    )
