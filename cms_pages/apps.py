from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    verbose_name = _("pages")

    def ready(self) -> None:
        # Models are not there before.
        from cms_pages import freshness, listing, mail_links, notices, privacy, scheduling  # noqa: PLC0415  # noqa: PLC0415
        from portal.accounts.privacy import declare  # noqa: PLC0415

        freshness.connect()
        listing.connect()
        mail_links.connect()
        scheduling.connect()
        notices.connect()
        declare(privacy.DECLARATION)
