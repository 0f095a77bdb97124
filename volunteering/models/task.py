from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.messaging.models import Conversation
from tenants.keys import UuidModel, uuid7
from volunteering.models.help_request import HelpRequest
from volunteering.models.opportunity import Shift
from volunteering.models.volunteer import VolunteerProfile


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Sent and not answered yet."""
        return self.filter(status=Invitation.Status.SENT)


class Invitation(UuidModel):
    """A volunteer is asked whether they would help with one request."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("asked")
        ACCEPTED = "accepted", _("will help")
        DECLINED = "declined", _("not this time")
        EXPIRED = "expired", _("no answer")
        WITHDRAWN = "withdrawn", _("no longer needed")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PLANNED: frozenset({Status.SENT, Status.WITHDRAWN}),
        Status.SENT: frozenset(
            {Status.ACCEPTED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN}
        ),
        Status.ACCEPTED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.EXPIRED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="invitations")
    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="invitations")
    status = models.CharField(max_length=9, choices=Status, default=Status.PLANNED)
    # Why not, if they cared to say.
    reason = models.CharField(max_length=200, blank=True)
    wave = models.PositiveSmallIntegerField(default=1)
    # Part of the score → points, as they were when it was decided.
    parts = models.JSONField(default=dict)
    # Rules of moderation were passed over, by whoever is named.
    overridden_by = models.UUIDField(null=True, blank=True)
    planned_for = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = (
            models.Index(fields=["profile", "sent_at"], name="invitation_by_profile"),
            models.Index(fields=["status", "expires_at"], name="invitation_by_status"),
        )
        constraints = (
            # Asked once for one request, whatever they answered.
            models.UniqueConstraint(fields=["request", "profile"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "withdrawn"]) | Q(sent_at__isnull=False),
                name="invitation_sent_at",
            ),
        )

    def __str__(self) -> str:
        return self.get_status_display()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> Self:
        return self.filter(status__in=Assignment.ACTIVE)

    def in_order(self) -> Self:
        return self.order_by("starts_at", "id")


def _new_uid() -> str:
    return f"{uuid7()}@task.gromada"


class Assignment(UuidModel):
    """What one volunteer does: help with a request, or a shift. Nobody is in two places at once:
    the table sees to it, for tasks of both kinds."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("arranged")
        CONTACT_SHARED = "contact_shared", _("in touch")
        IN_PROGRESS = "in_progress", _("under way")
        DONE = "done", pgettext_lazy("help", "done")
        NO_SHOW = "no_show", _("did not come")
        CANCELLED_BY_VOLUNTEER = "cancelled_by_volunteer", _("given back by the volunteer")
        CANCELLED_BY_REQUESTER = "cancelled_by_requester", _("called off")
        CANCELLED_BY_STAFF = "cancelled_by_staff", _("called off by the office")

    _CANCELLED = frozenset(
        {
            Status.CANCELLED_BY_VOLUNTEER,
            Status.CANCELLED_BY_REQUESTER,
            Status.CANCELLED_BY_STAFF,
        }
    )
    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PROPOSED: frozenset({Status.ACCEPTED}) | _CANCELLED,
        Status.ACCEPTED: frozenset(
            {Status.CONTACT_SHARED, Status.IN_PROGRESS, Status.DONE, Status.NO_SHOW}
        )
        | _CANCELLED,
        Status.CONTACT_SHARED: frozenset({Status.IN_PROGRESS, Status.DONE, Status.NO_SHOW})
        | _CANCELLED,
        Status.IN_PROGRESS: frozenset({Status.DONE, Status.NO_SHOW}) | _CANCELLED,
        Status.DONE: frozenset({Status.NO_SHOW}),
        Status.NO_SHOW: frozenset({Status.DONE}),
        **dict.fromkeys(_CANCELLED, frozenset()),
    }
    # Takes the volunteer's time, and one of the places.
    ACTIVE = (Status.PROPOSED, Status.ACCEPTED, Status.CONTACT_SHARED, Status.IN_PROGRESS)
    # Took it: hours can be written down.
    HAPPENED = (Status.IN_PROGRESS, Status.DONE)

    request = models.ForeignKey(
        HelpRequest, models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    shift = models.ForeignKey(
        Shift, models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    # Between the volunteer and whoever asked, neither of whom learns the other's address by it.
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="assignment",
    )  # fmt: skip
    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="assignments")
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="assignment"
    )
    status = models.CharField(max_length=22, choices=Status, default=Status.ACCEPTED)
    # Which of the people a request needs: 1 is the first.
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    # Those of the request or shift, which follow when it moves.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    uid = models.CharField(max_length=120, unique=True, editable=False, default=_new_uid)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # When it was done, given back or called off.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = (models.Index(fields=["profile", "starts_at"], name="task_by_profile"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(request__isnull=False, shift__isnull=True, slot__isnull=False)
                | Q(request__isnull=True, shift__isnull=False, slot__isnull=True),
                name="task_is_help_or_a_shift",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="task_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["request", "slot"],
                condition=Q(status__in=["proposed", "accepted", "contact_shared", "in_progress"]),
                name="task_not_more_than_needed",
            ),
            models.UniqueConstraint(
                fields=["shift", "profile"],
                condition=Q(status__in=["proposed", "accepted", "contact_shared", "in_progress"]),
                name="task_once_a_shift",
            ),
            ExclusionConstraint(
                name="task_one_at_a_time",
                expressions=(
                    ("profile", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(status__in=["proposed", "accepted", "contact_shared", "in_progress"]),
            ),
        )

    def __str__(self) -> str:
        return str(self.request or self.shift)

    @property
    def is_active(self) -> bool:
        return self.status in self.ACTIVE


class ContactConsent(UuidModel):
    """What one of the two lets the other see. Nothing is seen until both have said something."""

    class Side(models.TextChoices):
        VOLUNTEER = "volunteer", _("volunteer")
        REQUESTER = "requester", _("person who is helped")

    class Means(models.TextChoices):
        ONLINE = "online", _("on the site")
        PHONE = "phone", _("by phone")
        PAPER = "paper", _("on paper")

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="consents")
    side = models.CharField(max_length=9, choices=Side)
    shows_last_name = models.BooleanField(_("last name"), default=False)
    shows_phone = models.BooleanField(_("phone number"), default=False)
    shows_email = models.BooleanField(_("e-mail address"), default=False)
    shows_address = models.BooleanField(_("address"), default=False)
    means = models.CharField(max_length=6, choices=Means, default=Means.ONLINE)
    recorded_by = models.UUIDField(null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent to share contact data")
        verbose_name_plural = _("consents to share contact data")
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "side"],
                condition=Q(withdrawn_at__isnull=True),
                name="contact_consent_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.get_side_display()


class HoursEntry(UuidModel):
    """Time a volunteer gave; written once, decided once."""

    class Status(models.TextChoices):
        LOGGED = "logged", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("to be cleared up")

    profile = models.ForeignKey(VolunteerProfile, models.CASCADE, related_name="hours")
    # Null: the task went with the data of whoever had asked for it; the time was given.
    assignment = models.OneToOneField(
        Assignment, models.SET_NULL, null=True, blank=True, related_name="hours"
    )
    on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.LOGGED)
    logged_at = models.DateTimeField(auto_now_add=True)
    # Null: the volunteer.
    logged_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry of hours")
        verbose_name_plural = _("entries of hours")
        indexes = (models.Index(fields=["profile", "on"], name="hours_by_profile"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=24 * 60),
                name="hours_of_one_day",
                violation_error_message=_("Between 5 minutes and 24 hours."),
            ),
            models.CheckConstraint(
                condition=Q(status="logged", decided_at__isnull=True)
                | (~Q(status="logged") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="hours_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.minutes)
