from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin

from events.models.pool import CapacityPool
from portal.accounts.models import Organisation
from portal.messaging.models import Conversation
from portal.places.models import Contact
from tenants.keys import UuidModel

OLDEST = 120
# First words after /wydarzenia/ that are pages of their own.
RESERVED_SLUGS = frozenset(
    {"kalendarz", "miesiac", "rss", "termin", "zapis", "zgloszenie", "moje", "link"}
)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def published(self) -> Self:
        return self.filter(status=Activity.Status.PUBLISHED)

    def to_review(self) -> Self:
        return self.filter(status=Activity.Status.SUBMITTED)

    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def with_texts(self) -> Self:
        return self.prefetch_related("texts")


class Activity(UuidModel):
    """Something people attend: its rules. Its words are :class:`ActivityText`, its dates
    :class:`Session`."""

    class Kind(models.TextChoices):
        ONE_OFF = "one_off", _("a single event")
        OPEN_SERIES = "open_series", _("regular meetings, each booked by itself")
        COURSE = "course", _("a course, booked as a whole")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for the office")
        CHANGES_REQUESTED = "changes_requested", _("the office has questions")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("taken down")

    # What may follow each status. The office's own go from draft to published at once.
    FOLLOWS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.SUBMITTED, Status.PUBLISHED}),
        Status.SUBMITTED: frozenset(
            {Status.CHANGES_REQUESTED, Status.PUBLISHED, Status.REJECTED, Status.DRAFT}
        ),
        Status.CHANGES_REQUESTED: frozenset({Status.SUBMITTED, Status.REJECTED}),
        Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
        Status.REJECTED: frozenset({Status.DRAFT}),
        Status.WITHDRAWN: frozenset({Status.PUBLISHED}),
    }

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("for everybody")
        SENIORS = "seniors", _("for seniors")
        FAMILIES = "families", _("for families with children")
        CHILDREN = "children", _("for children")
        YOUTH = "youth", _("for young people")
        CARERS = "carers", _("for carers")
        DISABILITIES = "disabilities", _("for people with special needs")
        VOLUNTEERS = "volunteers", _("for volunteers")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.ONE_OFF)
    status = models.CharField(max_length=17, choices=Status, default=Status.DRAFT)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    # Null is the office itself.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="activities",
        verbose_name=_("organiser"),
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("whom to ask"),
    )  # fmt: skip
    # Of the registry in ``public``, by value.
    project = models.UUIDField(_("project"), null=True, blank=True)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.EVERYBODY
    )
    age_min = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    residents_only = models.BooleanField(_("for residents of the gmina only"), default=False)
    fee = models.DecimalField(_("fee, złoty"), max_digits=7, decimal_places=2, default=0)
    fee_note = models.CharField(
        _("about the fee"), max_length=200, blank=True,
        help_text=_("What it covers, who pays less, how to pay."),
    )  # fmt: skip
    takes_bookings = models.BooleanField(_("people book a place"), default=True)
    # The office looks at each booking before it counts as confirmed; the place is kept meanwhile.
    needs_approval = models.BooleanField(_("the office confirms each booking"), default=False)
    # Off by default: somebody who reads mail tomorrow must not lose the place.
    must_confirm = models.BooleanField(_("people confirm by the link they get"), default=False)
    party_limit = models.PositiveSmallIntegerField(_("most people in one booking"), default=6)
    offers_transport = models.BooleanField(_("transport can be asked for"), default=False)
    # Null is as soon as it is published; otherwise at 8:00 of the day so many days before.
    opens_days_before = models.PositiveSmallIntegerField(
        _("bookings open, days before"), null=True, blank=True
    )
    closes_hours_before = models.PositiveSmallIntegerField(
        _("bookings on the site close, hours before"), default=2
    )
    cancel_hours_before = models.PositiveSmallIntegerField(
        _("places can be given back on the site until, hours before"), default=24
    )
    # Of a course: its places are those of all its sessions.
    pool = models.OneToOneField(
        CapacityPool, models.PROTECT, null=True, blank=True, related_name="course"
    )
    # Where those who come to a course write to each other, once the office has opened it.
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="activity",
    )  # fmt: skip
    proposed_by = models.UUIDField(null=True, blank=True, editable=False)
    # What the reviewer asks of the organisation, or why it was rejected.
    review_note = models.TextField(_("questions of the office"), max_length=1000, blank=True)
    decided_by = models.UUIDField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ActivityQuerySet] = ActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = (
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_min__range=(0, OLDEST)),
                name="activity_age_min_human",
            ),
            models.CheckConstraint(
                condition=Q(age_max__isnull=True) | Q(age_max__range=(0, OLDEST)),
                name="activity_age_max_human",
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True)
                | Q(age_max__isnull=True)
                | Q(age_max__gte=F("age_min")),
                name="activity_ages_in_order",
                violation_error_message=_("The oldest age comes before the youngest."),
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="activity_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(party_limit__range=(1, 20)), name="activity_party_limit_sane"
            ),
            models.CheckConstraint(
                condition=Q(pool__isnull=True) | Q(kind="course"), name="activity_pool_of_a_course"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["changes_requested", "rejected"]) | ~Q(review_note=""),
                name="activity_sent_back_with_words",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> "ActivityText | None":
        """The published words in the language being read, else in Polish."""
        found = {text.language: text for text in self.texts.all() if text.live}
        return found.get(get_language() or "pl") or found.get("pl")

    @property
    def title(self) -> str:
        """Also of what nobody has published yet."""
        text = self.text or next(iter(self.texts.all()), None)
        return text.title if text else self.slug

    @property
    def is_free(self) -> bool:
        return self.fee == 0

    @property
    def is_course(self) -> bool:
        return self.kind == self.Kind.COURSE

    @property
    def has_ages(self) -> bool:
        return self.age_min is not None or self.age_max is not None

    def admits(self, age: int) -> bool:
        return (self.age_min is None or age >= self.age_min) and (
            self.age_max is None or age <= self.age_max
        )


class ActivityText(DraftStateMixin, RevisionMixin, UuidModel):
    """What is said about an activity, in one language. The only part that has drafts: who publishes
    a new text changes no limit, date or place."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="texts")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="pl"
    )
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(_("in one or two sentences"), max_length=300, blank=True)
    body = models.TextField(
        _("what it is like"), max_length=8_000, blank=True,
        help_text=_("An empty line begins a paragraph; a line that begins with a hyphen, a list."),
    )  # fmt: skip
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("picture"),
    )  # fmt: skip

    class Meta:
        ordering = ("language",)
        verbose_name = _("text of an activity")
        verbose_name_plural = _("texts of activities")
        constraints = (
            models.UniqueConstraint(fields=["activity", "language"], name="activity_text_once"),
        )

    def __str__(self) -> str:
        return self.title
