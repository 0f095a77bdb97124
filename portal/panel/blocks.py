"""What needs attention today: one function a block, in the order they are shown.

Whoever builds something that can wait for a human writes a function and adds it to ``NOW``, where
somebody waits for us, or to ``THIS_WEEK``, where it can wait for a quiet hour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.duplicates import suggested_pairs
from portal.accounts.models import Invitation, Organisation, User
from portal.accounts.permissions import Permission, may
from portal.notifications.models import Delivery
from portal.panel.attention import SHOWN, Block, Line, first_of
from portal.panel.events.attention import proposals
from portal.panel.help import attention as help_
from portal.panel.human_tasks import human_tasks, is_late
from portal.panel.messages import attention as messages
from portal.panel.moments import since, until
from portal.panel.opportunities import attention as opportunities
from portal.panel.participants import attention as events
from portal.panel.safety import attention as safety
from portal.panel.volunteers import attention as volunteers
from tenants.jobs import failed_jobs

EXPIRES_SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Blocks that are not empty."""

    now: list[Block]
    this_week: list[Block]

    @property
    def count(self) -> int:
        return self.first + sum(block.count for block in self.this_week)

    @property
    def first(self) -> int:
        return sum(block.count for block in self.now)

    def count_of(self, key: str) -> int:
        return next((b.count for b in [*self.now, *self.this_week] if b.key == key), 0)


def waiting_for(user: User) -> Waiting:
    """Of what the user may do something about; safety comes first."""
    safety_first = [safety.reports_to_read(user), safety.tasks_apart(user)]
    return Waiting(
        now=_not_empty([*safety_first, *_built(NOW, user)]),
        this_week=_not_empty(_built(THIS_WEEK, user)),
    )


def _not_empty(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.count]


def _built(group: "Group", user: User) -> list[Block]:
    return [build() for permission, build in group if may(user, permission)]


def calls() -> Block:
    tasks, count = first_of(human_tasks())
    return Block(
        key="calls",
        heading=_("Calls to make and letters to post"),
        count=count,
        url=reverse("panel:calls"),
        lines=[_call(task) for task in tasks],
    )


def _call(task: Delivery) -> Line:
    is_letter = task.channel == Delivery.Channel.LETTER
    return Line(
        due=since(task.created_at),
        kind=str(task.get_channel_display()),
        title=(_("Post a letter to %(name)s") if is_letter else _("Call %(name)s"))
        % {"name": task.person},
        note=str(task.message.label),
        url=f"{reverse('panel:calls')}#zadanie-{task.pk}",
        is_late=is_late(task),
    )


def failed_deliveries() -> Block:
    failed, count = first_of(Delivery.objects.failed().select_related("message", "person"))
    return Block(
        key="deliveries",
        heading=_("Messages that did not arrive"),
        count=count,
        url=reverse("panel:deliveries"),
        lines=[
            Line(
                due=since(delivery.created_at),
                kind=str(delivery.get_channel_display()),
                title=_("To: %(name)s") % {"name": delivery.person or _("somebody outside")},
                note=f"{delivery.message.label}. {delivery.trouble}",
                url=reverse("panel:message", args=[delivery.message_id]),
            )
            for delivery in failed
        ],
    )


def organisations_to_verify() -> Block:
    waiting, count = first_of(Organisation.objects.to_verify().order_by("created_at"))
    return Block(
        key="organisations",
        heading=_("Organisations to verify"),
        count=count,
        url=f"{reverse('panel:organisations')}?stan=new",
        lines=[
            Line(
                due=since(organisation.created_at),
                kind=str(organisation.get_kind_display()),
                title=organisation.name,
                url=reverse("panel:organisation", args=[organisation.pk]),
            )
            for organisation in waiting
        ],
    )


def likely_duplicates() -> Block:
    pairs = suggested_pairs()
    return Block(
        key="duplicates",
        heading=_("Two cards that may be one person"),
        count=len(pairs),
        url=reverse("panel:duplicates"),
        lines=[
            Line(
                due="",
                kind=", ".join(str(reason.label) for reason in pair.reasons),
                title=f"{pair.first} – {pair.second}",
                url=reverse("panel:merge_compare", args=[pair.first.pk, pair.second.pk]),
            )
            for pair in pairs[:SHOWN]
        ],
    )


def invitations_about_to_expire() -> Block:
    soon, count = first_of(
        Invitation.objects.open()
        .exclude(role="")
        .filter(expires_at__lt=timezone.now() + EXPIRES_SOON)
        .order_by("expires_at")
    )
    return Block(
        key="invitations",
        heading=_("Invitations nobody has accepted"),
        count=count,
        url=reverse("panel:team"),
        lines=[
            Line(
                due=until(invitation.expires_at),
                kind=str(invitation.get_role_display()),
                title=str(invitation),
                url=f"{reverse('panel:team')}#zaproszenia",
            )
            for invitation in soon
        ],
    )


def jobs_that_failed() -> Block:
    failed = failed_jobs()
    return Block(
        key="jobs",
        heading=_("Background work that failed"),
        count=len(failed),
        url=reverse("panel:jobs"),
        lines=[
            Line(
                due=since(job.failed_at) if job.failed_at else "",
                kind=_("tries: %(number)d") % {"number": job.attempts},
                title=job.label,
                url=reverse("panel:jobs"),
            )
            for job in failed[:SHOWN]
        ],
    )


Group = tuple[tuple[Permission, Callable[[], Block]], ...]

NOW: Group = (
    (Permission.SEE_CONVERSATIONS, messages.conversations_waiting),
    (Permission.HANDLE_CALLS, calls),
    (Permission.RUN_EVENTS, events.offers_about_to_lapse),
    (Permission.RUN_EVENTS, events.free_places_with_people_waiting),
    (Permission.RUN_HELP, help_.new_requests),
    (Permission.RUN_HELP, help_.unmet_requests),
    (Permission.RUN_HELP, help_.proposals_to_confirm),
    (Permission.MODERATE_MESSAGES, messages.reported_messages),
    (Permission.RETRY_DELIVERIES, failed_deliveries),
)
THIS_WEEK: Group = (
    (Permission.RUN_EVENTS, events.bookings_to_approve),
    (Permission.RUN_EVENTS, events.transport_asked_for),
    (Permission.RUN_HELP, help_.tasks_without_a_word),
    (Permission.ADMIT_VOLUNTEERS, volunteers.new_volunteers),
    (Permission.EDIT_VOLUNTEERS, opportunities.applications),
    (Permission.EDIT_VOLUNTEERS, volunteers.hours_to_confirm),
    (Permission.EDIT_VOLUNTEERS, volunteers.papers_lapsing),
    (Permission.REVIEW_EVENTS, proposals),
    (Permission.EDIT_OPPORTUNITIES, opportunities.proposals),
    (Permission.VERIFY_ORGANISATIONS, organisations_to_verify),
    (Permission.MERGE_PEOPLE, likely_duplicates),
    (Permission.MANAGE_TEAM, safety.nobody_reads_reports),
    (Permission.MANAGE_TEAM, invitations_about_to_expire),
    (Permission.SEE_JOBS, jobs_that_failed),
)
