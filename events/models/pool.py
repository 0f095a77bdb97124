from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel


class CapacityPool(UuidModel):
    """Places that can be taken: of a session, of a whole course, of a shift.

    ``taken`` counts every place that nobody else can have now: of participations, of holds and of
    offers. It is changed by ``events.capacity`` alone.
    """

    class Purpose(models.TextChoices):
        GENERAL = "general", _("for everybody")
        DESK = "desk", _("kept for those who call or come")
        WHEELCHAIR = "wheelchair", _("for people in wheelchairs")

    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.GENERAL)
    # The pool for everybody that these places are set aside from; they are not part of it.
    main = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="reserved")
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("taken"), default=0)
    # How many people may wait; null is as many as want to, 0 is no waiting list.
    waitlist_limit = models.PositiveSmallIntegerField(
        _("longest waiting list"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        constraints = (
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("capacity")), name="pool_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(purpose="general", main__isnull=True)
                | (~Q(purpose="general") & Q(main__isnull=False)),
                name="pool_reserved_from_a_main_one",
            ),
            models.UniqueConstraint(fields=["main", "purpose"], name="pool_reserved_once"),
        )

    def __str__(self) -> str:
        return f"{self.taken}/{self.capacity}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken
