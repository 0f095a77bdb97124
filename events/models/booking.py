from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models.activity import OLDEST, Activity
from events.models.pool import CapacityPool
from portal.accounts.models import Person, PrivacyNotice
from tenants.keys import UuidModel


class BookingDraft(UuidModel):
    """A form being filled in, by whoever has the browser it was begun in. Its id is the key by
    which sending it twice books once."""

    # Digest of the cookie of the browser.
    client = models.CharField(max_length=64)
    # Which of the two sets of places a browser may hold at once; null holds none.
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="drafts")
    pool = models.ForeignKey(CapacityPool, models.CASCADE, related_name="drafts")
    # Whose login it was begun with.
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    party_size = models.PositiveSmallIntegerField(null=True, blank=True)
    # One of them uses a wheelchair and takes one of the places kept for that.
    takes_wheelchair_place = models.BooleanField(default=False)
    is_for_waiting_list = models.BooleanField(default=False)
    # Step of the form → what was answered there.
    answers = models.JSONField(default=dict)
    held_until = models.DateTimeField(null=True, blank=True)
    was_extended = models.BooleanField(default=False)
    booking = models.OneToOneField(
        "events.Booking", models.CASCADE, null=True, blank=True, related_name="draft"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("booking being filled in")
        verbose_name_plural = _("bookings being filled in")
        indexes = (models.Index(fields=["held_until"], name="draft_held_until"),)
        constraints = (
            models.UniqueConstraint(
                fields=["client", "slot"],
                condition=Q(slot__isnull=False),
                name="draft_two_holds_a_client",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, held_until__isnull=True)
                | Q(slot__in=[1, 2], held_until__isnull=False),
                name="draft_slot_while_held",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Hold(UuidModel):
    """Places kept while a form is filled in; part of ``taken``."""

    draft = models.ForeignKey(BookingDraft, models.CASCADE, related_name="holds")
    pool = models.ForeignKey(CapacityPool, models.CASCADE, related_name="holds")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("held places")
        verbose_name_plural = _("held places")
        constraints = (
            models.UniqueConstraint(fields=["draft", "pool"], name="hold_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="hold_something"),
        )

    def __str__(self) -> str:
        return str(self.number)


class Booking(UuidModel):
    """One form: who booked, for how many, how. The people are its participations."""

    class Channel(models.TextChoices):
        WEB = "web", _("on the site")
        DESK = "desk", _("at the office")
        PHONE = "phone", _("by phone")
        PARTNER = "partner", _("through an organisation")

    pool = models.ForeignKey(CapacityPool, models.PROTECT, related_name="bookings")
    booker = models.ForeignKey(Person, models.PROTECT, related_name="bookings")
    channel = models.CharField(max_length=7, choices=Channel, default=Channel.WEB)
    taken_by = models.UUIDField(null=True, blank=True)
    # What people are told about their data; the basis is a public task (GDPR art. 6(1)(e)).
    notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Read out over the telephone: no O, 0, I or 1.
    code = models.CharField(max_length=8, unique=True)
    # A new one makes every earlier link to the booking worthless.
    link_version = models.PositiveSmallIntegerField(default=1)
    # Of the form it came from: the same form is one booking.
    idempotency_key = models.UUIDField(unique=True)
    note = models.CharField(_("what the organiser should know"), max_length=300, blank=True)
    # What an organisation that runs the activity may see of whoever comes.
    shows_names = models.BooleanField(default=False)
    shows_contact = models.BooleanField(default=False)
    # When the job that confirms it did so: run again, it says nothing twice.
    told_at = models.DateTimeField(null=True, blank=True)
    # Until when an unconfirmed booking keeps its places.
    confirm_by = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = (models.Index(fields=["pool", "created_at"], name="booking_of_pool"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-HJ-NP-Z2-9]{6,8}$"), name="booking_code_readable"
            ),
        )

    def __str__(self) -> str:
        return self.readable_code

    @property
    def readable_code(self) -> str:
        """``RK7-4M9``"""
        return f"{self.code[:3]}-{self.code[3:]}"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def active(self) -> Self:
        return self.filter(status__in=Participation.ACTIVE)

    def with_a_place(self) -> Self:
        return self.filter(status__in=Participation.WITH_A_PLACE)


class Participation(UuidModel):
    """One person's place, or place in line, in one pool."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        UNVERIFIED = "unverified", _("to be confirmed by the link")
        PENDING_APPROVAL = "pending_approval", _("to be confirmed by the office")
        CONFIRMED = "confirmed", _("booked")
        CANCELLED_BY_PARTICIPANT = "cancelled_by_participant", _("given back")
        CANCELLED_BY_ORGANISER = "cancelled_by_organiser", _("cancelled by the organiser")

    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset(
            {
                Status.CONFIRMED, Status.UNVERIFIED, Status.PENDING_APPROVAL,
                Status.CANCELLED_BY_PARTICIPANT, Status.CANCELLED_BY_ORGANISER,
            }
        ),
        Status.UNVERIFIED: frozenset(
            {
                Status.CONFIRMED, Status.PENDING_APPROVAL, Status.CANCELLED_BY_PARTICIPANT,
                Status.CANCELLED_BY_ORGANISER,
            }
        ),
        Status.PENDING_APPROVAL: frozenset(
            {
                Status.CONFIRMED, Status.CANCELLED_BY_PARTICIPANT, Status.CANCELLED_BY_ORGANISER,
            }
        ),
        Status.CONFIRMED: frozenset(
            {Status.CANCELLED_BY_PARTICIPANT, Status.CANCELLED_BY_ORGANISER}
        ),
        Status.CANCELLED_BY_PARTICIPANT: frozenset(),
        Status.CANCELLED_BY_ORGANISER: frozenset(),
    }  # fmt: skip
    WITH_A_PLACE = (Status.UNVERIFIED, Status.PENDING_APPROVAL, Status.CONFIRMED)
    ACTIVE = (Status.WAITING, *WITH_A_PLACE)

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    # The pool of the activity; ``place`` is where the place is counted: there, or set aside.
    pool = models.ForeignKey(CapacityPool, models.PROTECT, related_name="participations")
    place = models.ForeignKey(CapacityPool, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=24, choices=Status)
    # In years on the first day, where the activity has limits.
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Given back after the time to do so.
    is_late = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ParticipationQuerySet] = ParticipationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("booking", "ordinal")
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        indexes = (models.Index(fields=["pool", "status"], name="participation_of_pool"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "pool"],
                condition=Q(status__in=["waiting", "unverified", "pending_approval", "confirmed"]),
                name="participation_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["unverified", "pending_approval", "confirmed"],
                    place__isnull=False,
                )
                | (
                    ~Q(status__in=["unverified", "pending_approval", "confirmed"])
                    & Q(place__isnull=True)
                ),
                name="participation_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__range=(0, OLDEST)),
                name="participation_age_human",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_status_display())


class WaitlistEntryQuerySet(models.QuerySet["WaitlistEntry"]):
    def in_line(self) -> Self:
        """Those who wait, first come first."""
        return self.filter(state=WaitlistEntry.State.WAITING).order_by("joined_at", "id")


class WaitlistEntry(UuidModel):
    """A party in line: together or not at all."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        OFFERED = "offered", _("has an offer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("did not answer")
        LEFT = "left", _("left")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="entry")
    pool = models.ForeignKey(CapacityPool, models.PROTECT, related_name="entries")
    size = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # Of the statement that joins, under the lock of the pool: an order nobody can dispute.
    joined_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[WaitlistEntryQuerySet] = WaitlistEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("place in line")
        verbose_name_plural = _("waiting list")
        indexes = (
            models.Index(
                fields=["pool", "joined_at", "id"],
                condition=Q(state="waiting"),
                name="entry_line",
            ),
        )
        constraints = (models.CheckConstraint(condition=Q(size__gte=1), name="entry_of_somebody"),)

    def __str__(self) -> str:
        return str(self.get_state_display())


class Offer(UuidModel):
    """Free places that wait for one party's answer; part of ``taken`` while open."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    entry = models.ForeignKey(WaitlistEntry, models.CASCADE, related_name="offers")
    pool = models.ForeignKey(CapacityPool, models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    expires_at = models.DateTimeField()
    # Null: the next in line; otherwise who kept the place for them.
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        indexes = (
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="offer_overdue"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="open"), name="offer_open_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="offer_of_something"),
        )

    def __str__(self) -> str:
        return str(self.get_state_display())
