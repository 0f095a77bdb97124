from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = _("messages")

    def ready(self) -> None:
        from portal.accounts.privacy import declare  # noqa: PLC0415 (needs the models)
        from portal.notifications import merging  # noqa: F401, PLC0415 (registers itself)
        from portal.notifications.kinds import DJANGO_MAIL, register  # noqa: PLC0415
        from portal.notifications.privacy import DECLARATION  # noqa: PLC0415

        register(DJANGO_MAIL)
        declare(DECLARATION)
