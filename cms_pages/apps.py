from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    verbose_name = _("pages")

    def ready(self) -> None:
        from cms_pages import freshness, listing  # noqa: PLC0415 (models are not there before)

        freshness.connect()
        listing.connect()
