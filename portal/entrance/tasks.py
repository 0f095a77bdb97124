from django.utils import timezone

from portal.accounts.limits import forget_what_is_over
from portal.accounts.models import Session
from tenants.nightly import every_night

every_night(forget_what_is_over)


@every_night
def delete_expired_sessions() -> None:
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
