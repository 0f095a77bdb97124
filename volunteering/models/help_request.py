from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import Person, PrivacyNotice
from tenants.keys import UuidModel
from volunteering.models.volunteer import District
from volunteering.vocabulary import Kind, Language, Skill


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def open(self) -> Self:
        """Somebody still waits for help."""
        return self.filter(status__in=HelpRequest.OPEN)

    def searching(self) -> Self:
        return self.filter(status=HelpRequest.Status.SEARCHING)

    def by_need(self) -> Self:
        """What comes first: urgent, then what is soonest."""
        return self.order_by("-priority", "starts_at", "id")


class HelpRequest(UuidModel):
    """Somebody needs a neighbour's help at one time. A volunteer does it, for nothing; paid care is
    a service of the office and something else."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("not sent yet")
        SUBMITTED = "submitted", _("new")
        TRIAGED = "triaged", _("looked at")
        SEARCHING = "searching", _("looking for somebody")
        PENDING = "pending_confirmation", _("somebody to confirm")
        ARRANGED = "arranged", _("arranged")
        COMPLETED = "completed", pgettext_lazy("help", "done")
        CANCELLED = "cancelled", _("called off")
        UNMET = "unmet", _("nobody found")
        ESCALATED = "escalated", _("with the office")
        REFERRED = "referred", _("handed on")
        CLOSED_UNMET = "closed_unmet", _("closed without help")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.SUBMITTED, Status.CANCELLED}),
        Status.SUBMITTED: frozenset({Status.TRIAGED, Status.CANCELLED, Status.REFERRED}),
        Status.TRIAGED: frozenset({Status.SEARCHING, Status.CANCELLED, Status.REFERRED}),
        Status.SEARCHING: frozenset(
            {Status.PENDING, Status.ARRANGED, Status.UNMET, Status.CANCELLED}
        ),
        Status.PENDING: frozenset({Status.SEARCHING, Status.ARRANGED, Status.CANCELLED}),
        Status.ARRANGED: frozenset({Status.SEARCHING, Status.COMPLETED, Status.CANCELLED}),
        Status.UNMET: frozenset({Status.ESCALATED, Status.CANCELLED}),
        Status.ESCALATED: frozenset(
            {Status.SEARCHING, Status.REFERRED, Status.CLOSED_UNMET, Status.CANCELLED}
        ),
        Status.COMPLETED: frozenset(),
        Status.CANCELLED: frozenset(),
        Status.REFERRED: frozenset(),
        Status.CLOSED_UNMET: frozenset(),
    }
    OPEN = (
        Status.SUBMITTED, Status.TRIAGED, Status.SEARCHING, Status.PENDING, Status.ARRANGED,
        Status.UNMET, Status.ESCALATED,
    )  # fmt: skip
    NEED_A_REASON = (Status.REFERRED, Status.CLOSED_UNMET)

    class Channel(models.TextChoices):
        WEB = "web", _("on the site")
        PHONE = "phone", _("by phone")
        DESK = "desk", _("at the office")

    class Priority(models.IntegerChoices):
        NORMAL = 1, _("ordinary")
        IMPORTANT = 2, _("important")
        URGENT = 3, _("urgent")

    # Who is to be helped, often without an account.
    requester = models.ForeignKey(Person, models.PROTECT, related_name="help_requests")
    # Who asks for them and hears from us; null asks for themselves.
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="help_asked_for"
    )
    # That the person to be helped agrees that somebody asks for them.
    has_agreed = models.BooleanField(default=True)
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.WEB)
    taken_by = models.UUIDField(null=True, blank=True)
    notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the form it came from: the same form is one request.
    idempotency_key = models.UUIDField(unique=True)
    # Of the link by which whoever asked manages it.
    code = models.CharField(max_length=8, unique=True)
    link_version = models.PositiveSmallIntegerField(default=1)

    kind = models.CharField(_("kind of help"), max_length=12, choices=Kind)
    # Read by organisers only; may speak of health.
    details = models.CharField(_("what we should know"), max_length=1000, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="help_requests", verbose_name=_("part of the gmina")
    )
    is_remote = models.BooleanField(_("by telephone"), default=False)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    people_needed = models.PositiveSmallIntegerField(_("how many people"), default=1)
    required_skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), default=list, blank=True,
        verbose_name=_("needed"),
    )  # fmt: skip
    preferred_skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), default=list, blank=True,
        verbose_name=_("good to have"),
    )  # fmt: skip
    # One of them is enough.
    languages = ArrayField(
        models.CharField(max_length=3, choices=Language), default=list,
        verbose_name=_("languages"),
    )  # fmt: skip
    needs_car = models.BooleanField(_("a car is needed"), default=False)
    with_minor = models.BooleanField(_("help for a child"), default=False)
    min_age = models.PositiveSmallIntegerField(_("youngest age"), default=16)
    priority = models.PositiveSmallIntegerField(
        _("how urgent"), choices=Priority, default=Priority.NORMAL
    )

    status = models.CharField(max_length=20, choices=Status, default=Status.SUBMITTED)
    status_since = models.DateTimeField(default=timezone.now)
    # Why it was handed on or closed, or to whom; read by organisers.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    # How many waves of invitations went out since the search began.
    waves_sent = models.PositiveSmallIntegerField(default=0)
    next_wave_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[HelpRequestQuerySet] = HelpRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        indexes = (
            models.Index(fields=["status", "starts_at"], name="help_by_status"),
            models.Index(fields=["district"], name="help_by_district"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="help_ends_after_start",
                violation_error_message=_("The end comes before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(people_needed__gte=1, people_needed__lte=10), name="help_people_needed"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["referred", "closed_unmet"]) | ~Q(reason=""),
                name="help_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1), name="help_in_some_language"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("requester")),
                name="help_asked_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(channel="web") | Q(taken_by__isnull=False),
                name="help_written_down_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def contact(self) -> Person:
        """Who hears from us."""
        return self.asked_by or self.requester

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def change_status(self, status: "HelpRequest.Status", reason: str = "") -> None:
        """
        Raises:
            ValidationError: no such change from where it stands, or it needs a reason.
        """
        if status not in self.FOLLOWS[self.status]:
            raise ValidationError(_("Somebody has changed this meanwhile. Look again."))
        if status in self.NEED_A_REASON and not reason:
            raise ValidationError(_("Write why, so that the next person knows."))
        self.status, self.reason = status, reason or self.reason
        self.status_since = timezone.now()
        self.save(update_fields=["status", "reason", "status_since"])

    def lead(self, now: datetime | None = None) -> float:
        """Hours until it begins."""
        return (self.starts_at - (now or timezone.now())).total_seconds() / 3600
