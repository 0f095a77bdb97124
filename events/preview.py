"""The public page of an activity before it is public: with a draft of its words and all its
dates."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from events.models import Activity, ActivityText, Session
from events.views.public.activity import page_context


def preview_page(
    request: HttpRequest, activity: Activity, draft: ActivityText, template: str
) -> TemplateResponse:
    """
    Args:
        draft: shown as if it were published, in place of what is.
        template: one that extends the public page.
    """
    draft.live = True
    # The page reads the texts that were fetched; a draft is no row to be fetched.
    activity._prefetched_objects_cache = {"texts": [draft]}  # type: ignore[attr-defined] # noqa: SLF001
    context = page_context(request, activity, Session.objects.filter(activity=activity))
    return TemplateResponse(request, template, {**context, "draft": draft})
