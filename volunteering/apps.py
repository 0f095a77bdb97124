from django.apps import AppConfig
from django.db.models import Count
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    name = "volunteering"
    label = "volunteering"
    verbose_name = _("volunteering")

    def ready(self) -> None:
        from events.reconcile import Takers, count_too  # noqa: PLC0415 (need the models)
        from volunteering.models import Assignment  # noqa: PLC0415

        count_too(
            Takers(
                lambda: Assignment.objects.active().filter(shift__isnull=False),
                "shift__pool",
                Count("pk"),
            )
        )
