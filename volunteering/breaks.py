"""What ends by itself: a break after its last day."""

from django.utils import timezone

from tenants.nightly import every_night
from volunteering.actions.resume_profile import resume_profile
from volunteering.joining_messages import tell_break_over
from volunteering.models import VolunteerProfile


@every_night
def end_breaks() -> None:
    """Whoever has a break until yesterday may be asked again, and is told so."""
    over = VolunteerProfile.objects.filter(
        status=VolunteerProfile.Status.PAUSED, paused_until__lt=timezone.localdate()
    )
    for profile in over.select_related("person").order_by("pk"):
        resume_profile(profile=profile, acting_user=None)
        tell_break_over(profile)
