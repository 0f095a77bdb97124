from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = _("events")

    def ready(self) -> None:
        from events import (  # noqa: F401, PLC0415 (they register themselves)
            audiences,
            course_conversation,
            kinds,
            merging,
            tasks,
        )
        from events.privacy import declare_all  # noqa: PLC0415 (needs the models)

        declare_all()
