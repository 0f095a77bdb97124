from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind, register
from portal.panel.kinds import WRITTEN


class PanelConfig(AppConfig):
    name = "portal.panel"
    label = "panel"
    verbose_name = _("staff panel")

    def ready(self) -> None:
        register(
            Kind(key=WRITTEN, label=_("message from the office")),
            Kind(key="panel/organisation_decided", label=_("decision on an organisation")),
        )
