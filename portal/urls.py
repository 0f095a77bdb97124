"""URLs of a site. The bare domain has its own: ``portal.urls_public``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms_pages.views import feeds, files, pages, search
from portal.csp import for_the_cms
from portal.entrance.cms_doors import login, through_our_doors

handler404 = "cms_pages.views.pages.not_found"
handler500 = "portal.errors.server_error"

cms_urls = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, for_the_cms)

urlpatterns: list[URLPattern | URLResolver] = [
    path("cms/", include(decorate_urlpatterns(cms_urls, through_our_doors))),
    # Where Wagtail sends whoever may not read a restricted page or document.
    path("cms-login/", login, name="wagtailcore_login"),
    path("dokumenty/", include(wagtaildocs_urls)),
    path("media/<path:path>", files.media, name="media"),
    path("theme.<str:digest>.css", files.theme_stylesheet, name="theme"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("aktualnosci/rss.xml", feeds.news_feed, name="news_feed"),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("portal.demo.urls"))]

urlpatterns += i18n_patterns(
    path("szukaj/", search.search, name="search"),
    path("", include("portal.entrance.urls")),
    path("konto/", include("events.account_urls")),
    path("konto/", include("volunteering.account_urls")),
    path("konto/", include("portal.my_account.urls")),
    path("wiadomosci/", include("portal.messaging.urls")),
    path("panel/", include("portal.panel.urls")),
    path("", include("events.urls")),
    path("", include("volunteering.urls")),
    re_path(r"^((?:[\w\-]+/)*)$", pages.serve, name="wagtail_serve"),
    prefix_default_language=False,
)
