from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import CapacityPool
from portal.accounts.models import Organisation
from portal.messaging.models import Conversation
from portal.places.models import Place
from tenants.keys import UuidModel, uuid7
from volunteering.models.volunteer import VolunteerProfile
from volunteering.vocabulary import Skill


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def public(self) -> Self:
        return self.filter(status=Opportunity.Status.PUBLISHED)

    def to_review(self) -> Self:
        return self.filter(status=Opportunity.Status.SUBMITTED)


class Opportunity(UuidModel):
    """Something volunteers are wanted for, with or without shifts."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("not public yet")
        SUBMITTED = "submitted", _("to be reviewed")
        PUBLISHED = "published", _("public")
        REFUSED = "refused", _("sent back")
        CLOSED = "closed", _("over")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.SUBMITTED, Status.PUBLISHED, Status.CLOSED}),
        Status.SUBMITTED: frozenset({Status.DRAFT, Status.PUBLISHED, Status.REFUSED}),
        Status.REFUSED: frozenset({Status.SUBMITTED, Status.CLOSED}),
        Status.PUBLISHED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset({Status.DRAFT}),
    }

    # Null: the office itself.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="opportunities",
        verbose_name=_("organisation"),
    )  # fmt: skip
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(_("in one sentence"), max_length=200)
    description = models.TextField(_("what volunteers do"), max_length=3000, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="opportunities",
        verbose_name=_("place"),
    )  # fmt: skip
    required_skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), default=list, blank=True,
        verbose_name=_("needed"),
    )  # fmt: skip
    min_age = models.PositiveSmallIntegerField(_("youngest age"), default=16)
    with_minors = models.BooleanField(_("work with children"), default=False)
    # Somebody talks to those who apply before they take a shift.
    chooses_volunteers = models.BooleanField(_("we talk to everybody first"), default=True)
    # What the reviewer asks or says, read by the organisation.
    review_note = models.CharField(_("note to the organisation"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OpportunityQuerySet] = OpportunityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("opportunity for volunteers")
        verbose_name_plural = _("opportunities for volunteers")
        indexes = (models.Index(fields=["status", "-created_at"], name="opportunity_by_status"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(min_age__gte=10, min_age__lte=99), name="opportunity_min_age"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="opportunity_published_at",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ShiftQuerySet(models.QuerySet["Shift"]):
    def upcoming(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__gt=now or timezone.now(), cancelled_at=None)

    def in_order(self) -> Self:
        return self.order_by("starts_at", "id")


def _new_uid() -> str:
    return f"{uuid7()}@shift.gromada"


class Shift(UuidModel):
    """A time at which volunteers take places of an opportunity; they are taken by
    ``events.capacity``, like those of workshops."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="shifts",
        verbose_name=_("place"),
    )  # fmt: skip
    pool = models.OneToOneField(CapacityPool, models.PROTECT, related_name="shift")
    note = models.CharField(_("what volunteers should know"), max_length=300, blank=True)
    # Of the team of this shift, once the office has opened it.
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, editable=False, related_name="shift"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # iCalendar (RFC 5545): UID never changes, SEQUENCE grows with every change that matters.
    uid = models.CharField(max_length=120, unique=True, editable=False, default=_new_uid)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[ShiftQuerySet] = ShiftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        indexes = (models.Index(fields=["starts_at", "id"], name="shift_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message=_("The end comes before the beginning."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """With its places, which nothing else uses."""
        deleted = super().delete(*args, **kwargs)
        self.pool.delete()
        return deleted


class Application(UuidModel):
    """Somebody would like to help with an opportunity."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("new")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not this time")
        WITHDRAWN = "withdrawn", _("withdrawn")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.APPLIED: frozenset({Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN}),
        Status.ACCEPTED: frozenset({Status.WITHDRAWN}),
        Status.DECLINED: frozenset({Status.ACCEPTED}),
        Status.WITHDRAWN: frozenset({Status.APPLIED}),
    }

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="applications")
    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="applications")
    status = models.CharField(max_length=9, choices=Status, default=Status.APPLIED)
    words = models.CharField(_("a few words"), max_length=500, blank=True)
    # What an organisation may see besides the first name, because the volunteer said so.
    shows_contact = models.BooleanField(_("the organiser may see how to reach me"), default=False)
    applied_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("application of a volunteer")
        verbose_name_plural = _("applications of volunteers")
        constraints = (
            models.UniqueConstraint(fields=["opportunity", "profile"], name="application_once"),
        )

    def __str__(self) -> str:
        return self.get_status_display()
