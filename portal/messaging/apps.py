from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "portal.messaging"
    label = "messaging"
    verbose_name = _("conversations")

    def ready(self) -> None:
        from portal.accounts.privacy import declare  # noqa: PLC0415 (need the models)
        from portal.messaging import (  # noqa: F401, PLC0415 (they register themselves)
            kinds,
            merging,
            tasks,
        )
        from portal.messaging.privacy import DECLARATION  # noqa: PLC0415

        declare(DECLARATION)
