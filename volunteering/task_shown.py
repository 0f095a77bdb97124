"""A task as its volunteer may see it: of whoever is helped the first name and the district.

What they have agreed to show each other comes from ``volunteering.contact`` alone.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from events.shown import Leaf, Times
from volunteering.contact import STAYS, Contact, contact_of
from volunteering.models import Assignment, ContactConsent, HoursEntry
from volunteering.models.task import AssignmentQuerySet
from volunteering.shift_lines import ShiftLine

Side = ContactConsent.Side
Status = Assignment.Status
# The volunteer, or nobody, can do something about it.
_ARRANGED = (Status.ACCEPTED, Status.CONTACT_SHARED, Status.IN_PROGRESS)


@dataclass(frozen=True)
class ShownTask:
    """Of a task that :func:`with_everything` has fetched."""

    task: Assignment

    @property
    def is_shift(self) -> bool:
        return self.task.shift_id is not None

    @property
    def title(self) -> str:
        if self.task.shift:
            return self.task.shift.opportunity.title
        return str(self.task.request)

    @property
    def first_name(self) -> str:
        """Of whoever is helped; "" of a shift."""
        return self.task.request.requester.first_name if self.task.request else ""

    @property
    def writes_to(self) -> str:
        """First name of whoever answers for them; "" of a shift."""
        return self.task.request.contact.first_name if self.task.request else ""

    @property
    def where(self) -> str:
        """The public place of a shift, the part of the gmina of help; "" by telephone."""
        if self.task.shift:
            return ShiftLine(self.task.shift).where
        request = self.task.request
        return "" if request is None or request.is_remote else request.district.name

    @property
    def is_remote(self) -> bool:
        return self.task.request is not None and self.task.request.is_remote

    @property
    def note(self) -> str:
        return self.task.shift.note if self.task.shift else ""

    @cached_property
    def times(self) -> Times:
        return Times(self.task.starts_at, self.task.ends_at)

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.times.starts.date())

    @property
    def hours(self) -> HoursEntry | None:
        return getattr(self.task, "hours", None)

    # Where it stands

    @property
    def is_arranged(self) -> bool:
        return self.task.status in _ARRANGED

    @property
    def is_cancelled(self) -> bool:
        return self.task.status.startswith("cancelled_by")

    @property
    def has_begun(self) -> bool:
        return self.task.starts_at <= timezone.now()

    @property
    def has_ended(self) -> bool:
        return self.task.ends_at <= timezone.now()

    @property
    def is_coming(self) -> bool:
        return self.is_arranged and not self.has_ended

    @property
    def can_give_back(self) -> bool:
        is_late = self.has_begun if self.is_shift else self.has_ended
        return self.task.is_active and not is_late

    @property
    def can_log_hours(self) -> bool:
        """Once, when it has begun. Of a shift, when the organiser has written who was there."""
        if self.hours is not None:
            return False
        if self.task.status in Assignment.HAPPENED:
            return True
        return not self.is_shift and self.is_arranged and self.has_begun

    @property
    def waits_for_attendance(self) -> bool:
        return self.is_shift and self.is_arranged and self.has_ended

    # What the two sides agreed to

    @property
    def can_share(self) -> bool:
        """They may say what the other sees of them."""
        return not self.is_shift and self.is_arranged and self.own_consent is None

    @cached_property
    def own_consent(self) -> ContactConsent | None:
        if self.is_shift or self.task.ends_at + STAYS <= timezone.now():
            return None
        return self.task.consents.filter(side=Side.VOLUNTEER, withdrawn_at=None).first()

    @cached_property
    def contact(self) -> Contact | None:
        """Of whoever is helped, while the volunteer may see it."""
        return contact_of(self.task, Side.REQUESTER)


def with_everything(tasks: AssignmentQuerySet) -> AssignmentQuerySet:
    return tasks.select_related(
        "request__district", "request__requester", "request__asked_by", "profile__person",
        "shift__opportunity__place", "shift__place", "shift__pool", "hours", "invitation",
    )  # fmt: skip
