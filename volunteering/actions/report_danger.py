from datetime import timedelta

from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import Person, User
from portal.audit.models import record
from volunteering.keeping_apart import keep_apart
from volunteering.models import Assignment, SafetyReport
from volunteering.safety_messages import tell_report_waits

# The same words again so soon are a second press of the button.
_PRESSED_TWICE = timedelta(hours=1)


@in_time()
def report_danger(
    *,
    reporter: Person,
    about: Person | None,
    assignment: Assignment | None,
    words: str,
    blocks: bool,
    acting_user: User | None,
) -> SafetyReport:
    """Tell the two people who read reports; with ``blocks``, the two are never brought together
    again, from this moment on and without a word to the other.

    The audit entry names nobody: more people read the trail than may know who reported whom.

    Args:
        about: whom it is about; None where that is nobody in particular, as of a shift.
        assignment: the task at which it happened.
        acting_user: None of whoever came by a link; for the sake of the above it is not written
            down.
    """
    Person.objects.select_for_update(no_key=True).get(pk=reporter.pk)
    again = SafetyReport.objects.filter(
        reporter=reporter, about=about, assignment=assignment, words=words,
        created_at__gt=timezone.now() - _PRESSED_TWICE,
    ).first()  # fmt: skip
    report = again or SafetyReport.objects.create(
        reporter=reporter, about=about, assignment=assignment, words=words
    )
    if blocks:
        keep_apart(report, by=None)
    if again is None:
        record("danger.reported", actor=None, of=report)
        tell_report_waits(report)
    return report
