from typing import Any

from django.utils.translation import gettext as _

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.models import Assignment, HelpRequest
from volunteering.refusals import AlreadyChanged

Status = HelpRequest.Status
# What an organiser settles; the rest is as it was asked.
FACTS = (
    "priority", "required_skills", "preferred_skills", "languages", "needs_car", "with_minor",
    "min_age", "is_remote", "people_needed", "starts_at", "ends_at",
)  # fmt: skip
_OF_TIME = ("starts_at", "ends_at")


@in_time()
def triage_request(
    *, request: HelpRequest, facts: dict[str, Any], acting_user: User
) -> HelpRequest:
    """Settle what the help takes; a new request is then looked at. It can be done again, until
    somebody is to come at the time.

    Args:
        facts: of ``FACTS``; what is not in it stays.

    Raises:
        AlreadyChanged: it is over, or somebody has agreed to come at the earlier time, or more
            people are coming than are to be needed.
        ValidationError: what is said does not go together.
    """
    stored = searching.locked(request)
    if not stored.is_open:
        raise AlreadyChanged
    before = {name: getattr(stored, name) for name in FACTS}
    for name in FACTS:
        setattr(stored, name, facts.get(name, before[name]))
    changed = [name for name in FACTS if getattr(stored, name) != before[name]]
    _refuse_with_people_coming(stored, changed)
    stored.full_clean()
    stored.save(update_fields=list(FACTS))
    is_new = stored.status == Status.SUBMITTED
    if is_new:
        stored.change_status(Status.TRIAGED)
    if is_new or changed:
        record(
            "help.triaged", actor=acting_user.pk, of=stored, person=stored.requester_id,
            changed=changed,
        )  # fmt: skip
    return stored


def _refuse_with_people_coming(request: HelpRequest, changed: list[str]) -> None:
    coming = Assignment.objects.active().filter(request=request).count()
    if coming and not set(changed).isdisjoint(_OF_TIME):
        raise AlreadyChanged(
            _("Somebody has agreed to come at this time. Agree the new one with them first.")
        )
    if coming > request.people_needed:
        raise AlreadyChanged(
            _("More people are coming already. Thank one of them before you ask for fewer.")
        )
