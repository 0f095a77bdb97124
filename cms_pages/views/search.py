from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms_pages.search import find_pages
from events.finding import find_activities
from portal.page_cache import public_page
from portal.paging import page_of

RESULTS_PER_PAGE = 10
EVENTS_SHOWN = 5
LONGEST_QUESTION = 100


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """``?q=`` over the pages of the site: in the reader's language first, then in Polish. Events
    are listed under the first of them; the agenda finds the rest."""
    question = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    language = get_language() or settings.LANGUAGE_CODE
    found = find_pages(question, language=language)
    results_language = language
    if language != settings.LANGUAGE_CODE and not found.exists():
        found = find_pages(question, language=settings.LANGUAGE_CODE)
        results_language = settings.LANGUAGE_CODE
    results = page_of(found.select_related("locale"), request, RESULTS_PER_PAGE)
    return TemplateResponse(
        request,
        "cms_pages/search.html",
        {
            "question": question,
            "results": results,
            "results_language": results_language,
            "events": find_activities(question)[:EVENTS_SHOWN] if results.number == 1 else [],
        },
    )
