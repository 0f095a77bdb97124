from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from events.models import Activity
from events.printing import poster_pdf
from portal.page_cache import live_page


@live_page
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """An A4 sheet for the notice board, ready to print."""
    activity = get_object_or_404(Activity.objects.published(), slug=slug)
    response = HttpResponse(poster_pdf(activity), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="plakat-{slug}.pdf"'
    return response
