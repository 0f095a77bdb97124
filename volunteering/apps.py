from django.apps import AppConfig
from django.db.models import Count
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    name = "volunteering"
    label = "volunteering"
    verbose_name = _("volunteering")

    def ready(self) -> None:
        from events.reconcile import Takers, count_too  # noqa: PLC0415 (need the models)
        from volunteering import (  # noqa: F401, PLC0415 (they register themselves)
            admission,
            asked,
            audiences,
            breaks,
            joining_kinds,
            kinds,
            merging,
            relay,
            safety_kinds,
            shift_conversation,
            shift_kinds,
        )
        from volunteering.models import Assignment  # noqa: PLC0415
        from volunteering.privacy import declare_all  # noqa: PLC0415

        declare_all()
        count_too(
            Takers(
                # Whoever has come, or has not, had the place all the same.
                lambda: Assignment.objects.filter(shift__isnull=False).exclude(
                    status__startswith="cancelled_by"
                ),
                "shift__pool",
                Count("pk"),
            )
        )
