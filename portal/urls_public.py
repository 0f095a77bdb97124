"""URLs of the bare domain."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from portal import directory

handler404 = "portal.directory.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = i18n_patterns(
    path("", directory.directory, name="directory"),
    path("dla-gmin/", directory.for_municipalities, name="for_municipalities"),
    path("deklaracja-dostepnosci/", directory.accessibility, name="directory_accessibility"),
    prefix_default_language=False,
)
