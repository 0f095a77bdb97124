from events.busy import in_time
from portal.accounts.models import User
from volunteering.keeping_apart import keep_apart
from volunteering.models import SafetyReport


@in_time()
def keep_people_apart(*, report: SafetyReport, acting_user: User) -> None:
    """Whoever reads a report sees to it that the two are not brought together again; neither is
    told."""
    locked = SafetyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    keep_apart(locked, by=acting_user.pk)
