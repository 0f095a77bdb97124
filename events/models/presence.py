from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.booking import Booking, Participation
from events.models.session import Session
from portal.accounts.models import Person
from tenants.keys import UuidModel


class AccessNeed(UuidModel):
    """What somebody needs in order to take part; asked with consent, known to few, kept briefly."""

    class Need(models.TextChoices):
        STEP_FREE = "step_free", _("a way in without steps")
        LIFT = "lift", _("a lift")
        SIGN_LANGUAGE = "sign_language", _("sign-language interpreter (PJM)")
        INDUCTION_LOOP = "induction_loop", _("an induction loop")
        LARGE_PRINT = "large_print", _("large print")
        EASY_TO_READ = "easy_to_read", _("easy-to-read materials")
        ESCORT = "escort", _("somebody to walk along")
        SEAT_NEAR_DOOR = "seat_near_door", _("a seat near the door")
        ASSISTANCE_DOG = "assistance_dog", _("room for an assistance dog")
        QUIET_PLACE = "quiet_place", _("a quiet place to rest")

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="needs")
    need = models.CharField(max_length=14, choices=Need)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("need",)
        verbose_name = _("special need")
        verbose_name_plural = _("special needs")
        constraints = (
            models.UniqueConstraint(fields=["participation", "need"], name="access_need_once"),
        )

    def __str__(self) -> str:
        return str(self.get_need_display())


class TransportRequest(UuidModel):
    """That a party asks to be driven, from where, and what the office answered."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        ARRANGED = "arranged", _("arranged")
        DECLINED = "declined", _("not possible")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="transport")
    people = models.PositiveSmallIntegerField(_("how many people"))
    street = models.CharField(_("street and number"), max_length=120)
    city = models.CharField(_("town or village"), max_length=80)
    note = models.CharField(_("how to find you"), max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.REQUESTED)
    pickup_at = models.TimeField(_("picked up at"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for transport")
        verbose_name_plural = _("requests for transport")
        constraints = (
            models.CheckConstraint(condition=models.Q(people__gte=1), name="transport_of_somebody"),
        )

    def __str__(self) -> str:
        return str(self.get_state_display())


class Attendance(UuidModel):
    """Whether somebody with a place was there on one date; a course has many dates."""

    class State(models.TextChoices):
        ATTENDED = "attended", _("was there")
        EXCUSED = "excused", _("excused")
        NO_SHOW = "no_show", _("did not come")

    class Means(models.TextChoices):
        LIST = "list", _("on the list")
        CODE = "code", _("by the code")
        WALK_IN = "walk_in", _("came without a booking")

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="attendances")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=8, choices=State)
    means = models.CharField(max_length=7, choices=Means, default=Means.LIST)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = (
            models.UniqueConstraint(fields=["participation", "session"], name="attendance_once"),
        )

    def __str__(self) -> str:
        return str(self.get_state_display())


class Told(UuidModel):
    """That somebody was told about a session: each thing once, however often the job runs."""

    class About(models.TextChoices):
        WEEK_BEFORE = "week", _("reminder, a week before")
        DAY_BEFORE = "day", _("reminder, the day before")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")

    session = models.ForeignKey(Session, models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.CharField(max_length=9, choices=About)
    # The session's SEQUENCE: after a move there is something new to be told.
    sequence = models.PositiveIntegerField()
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("notice about a session")
        verbose_name_plural = _("notices about sessions")
        constraints = (
            models.UniqueConstraint(
                fields=["session", "person", "about", "sequence"], name="told_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_about_display())


class CalendarFeed(UuidModel):
    """A private calendar of somebody's bookings, for whoever has its address."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")

    def __str__(self) -> str:
        return str(self.pk)
