"""What machines read: sitemap, robots, news feed."""

from collections import defaultdict
from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from cms_pages.addresses import localised
from cms_pages.models import BasePage, NewsPage
from cms_pages.slugs import HOME_URL_PATH
from events.addresses import addresses_of_events
from portal.page_cache import public_page
from tenants.binding import current_tenant

NEWS_IN_FEED = 20


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live page and activity with its languages (sitemaps.org; hreflang as xhtml:link)."""
    pages = (
        BasePage.objects.live()
        .filter(depth__gte=2)
        .order_by("path")
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    versions: dict[object, dict[str, datetime | None]] = defaultdict(dict)
    polish_path: dict[object, str] = {}
    for key, language, url_path, published_at in pages:
        versions[key][language] = published_at
        if language == settings.LANGUAGE_CODE:
            polish_path[key] = url_path.removeprefix(HOME_URL_PATH)
    entries = [
        {
            "url": request.build_absolute_uri(localised(path, language)),
            "changed": published_at,
            "alternates": [
                (other, request.build_absolute_uri(localised(path, other)))
                for other in versions[key]
            ]
            if len(versions[key]) > 1
            else [],
        }
        for key, path in polish_path.items()
        for language, published_at in versions[key].items()
    ]
    entries += [
        {
            "url": request.build_absolute_uri(paths[language]),
            "changed": changed_at,
            "alternates": [
                (other, request.build_absolute_uri(path)) for other, path in paths.items()
            ]
            if len(paths) > 1
            else [],
        }
        for paths, changed_at in addresses_of_events()
        for language in paths
    ]
    return TemplateResponse(
        request, "cms_pages/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /szukaj/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def news_feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of the newest news, in Polish."""
    tenant = current_tenant()
    feed = Rss201rev2Feed(
        title=tenant.name,
        link=request.build_absolute_uri("/aktualnosci/"),
        description=f"Aktualności: {tenant.name}",
        language="pl",
        feed_url=request.build_absolute_uri(),
    )
    for item in NewsPage.objects.live().newest_first()[:NEWS_IN_FEED]:
        url = request.build_absolute_uri(localised(item.url_path.removeprefix(HOME_URL_PATH), "pl"))
        feed.add_item(
            title=item.title,
            link=url,
            description=item.lead,
            unique_id=url,
            pubdate=timezone.make_aware(datetime.combine(item.date, time(8))),
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"
    )
