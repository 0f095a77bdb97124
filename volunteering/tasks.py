"""Work that waits for its hour. The engine defers these jobs and they call it, so each imports what
it needs when it runs."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.nightly import every_night
from tenants.work import site_task
from volunteering.models import HelpRequest


@site_task(label=_("asking volunteers whether they would help"))
def send_wave_of(*, request: str) -> None:
    from volunteering.actions.send_wave import send_wave  # noqa: PLC0415

    for found in HelpRequest.objects.filter(pk=UUID(request)):
        send_wave(request=found)


@site_task(label=_("no longer waiting for volunteers who have not answered"))
def expire_invitations_of(*, request: str) -> None:
    from volunteering.actions.expire_invitations import expire_invitations  # noqa: PLC0415

    for found in HelpRequest.objects.filter(pk=UUID(request)):
        expire_invitations(request=found)


@site_task(label=_("letting volunteers into the conversation of their shift"))
@transaction.atomic
def refresh_shift_conversation(*, shift: str) -> None:
    """Whoever has a place is in it, whoever has given it back is not."""
    from portal.messaging.membership import bring_up_to_date  # noqa: PLC0415
    from portal.messaging.models import Conversation  # noqa: PLC0415

    rows = Conversation.objects.select_for_update()
    for conversation in rows.filter(shift=UUID(shift)):
        bring_up_to_date(conversation)


# Every night


@every_night
def remind_of_help() -> None:
    from volunteering.reminding import send_reminders  # noqa: PLC0415

    send_reminders()


@every_night
def hide_old_contact_data() -> None:
    from volunteering.actions.withdraw_old_contacts import withdraw_old_contacts  # noqa: PLC0415

    withdraw_old_contacts(acting_user=None)


@every_night
def go_on_with_searches() -> None:
    """Those whose job was lost; each in a job of its own, which staff see when it fails."""
    from volunteering.searching import overdue_searches  # noqa: PLC0415

    for request in overdue_searches(timezone.now()):
        expire_invitations_of.defer_once(None, request=str(request.pk))
        send_wave_of.defer_once(None, request=str(request.pk))


@every_night
def complete_what_is_done() -> None:
    """Only where somebody has said what became of every task; the others wait for a word."""
    from volunteering.actions.complete_requests import complete_requests  # noqa: PLC0415

    complete_requests(acting_user=None)
