"""What each entry is called when somebody reads it.

``tests/audit`` reads our code for every ``record("…")``: an action without a name fails.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    # People
    "person.added": _("card made"),
    "person.viewed": _("contact data looked at"),
    "person.changed": _("card changed"),
    "person.told_apart": _("told apart from somebody alike"),
    "person.merged": _("two cards merged"),
    "person.written_to": _("message written"),
    "person.exported": _("copy of the data downloaded"),
    "person.erased": _("data erased"),
    "household.joined": _("joined a household"),
    "household.left": _("left a household"),
    "guardian.added": _("guardian added"),
    "guardian.changed": _("guardian changed"),
    "guardian.removed": _("guardian removed"),
    "consent.given": _("consent given"),
    "consent.withdrawn": _("consent withdrawn"),
    # Logins
    "user.signed_up": _("account made"),
    "invitation.sent": _("invitation sent"),
    "invitation.accepted": _("invitation accepted"),
    "invitation.revoked": _("invitation revoked"),
    "role.granted": _("role given"),
    "role.revoked": _("role taken away"),
    "login.email_changed": _("e-mail to log in with changed"),
    "login.phone_changed": _("phone to log in with changed"),
    "login.password_set": _("password set"),
    "login.factor_added": _("second factor added"),
    "login.factor_removed": _("second factor removed"),
    "login.factors_forgotten": _("second factors removed, to be set up anew"),
    "session.ended_elsewhere": _("logged out on other devices"),
    # Organisations
    "organisation.added": _("organisation added"),
    "organisation.changed": _("organisation changed"),
    "organisation.decided": _("decision on an organisation"),
    "organisation.member_added": _("member of an organisation added"),
    "organisation.member_removed": _("member of an organisation removed"),
    "member.role_changed": _("role in an organisation changed"),
    # Activities and bookings
    "activity.saved": _("activity changed"),
    "activity.submitted": _("activity sent to the office"),
    "activity.taken_back": _("activity taken back by its organisation"),
    "activity.sent_back": _("activity sent back with questions"),
    "activity.rejected": _("activity rejected"),
    "activity.published": _("activity published"),
    "activity.withdrawn": _("activity taken down"),
    "activity.removed": _("draft of an activity removed"),
    "series.made": _("dates of a series made"),
    "session.added": _("date added"),
    "session.changed": _("date changed"),
    "session.moved": _("date moved"),
    "session.skipped": _("date skipped"),
    "session.cancelled": _("date cancelled"),
    "session.removed": _("draft of a date removed"),
    "pool.resized": _("number of places changed"),
    "booking.made": _("booked"),
    "booking.confirmed": _("booking confirmed by the link"),
    "booking.approved": _("booking confirmed by the office"),
    "booking.refused": _("booking refused"),
    "booking.changed": _("booking changed"),
    "booking.moved": _("booking moved to another date"),
    "booking.cancelled": _("place given back"),
    "entry.left": _("left the waiting list"),
    "offer.made": _("place offered"),
    "offer.accepted": _("offered place accepted"),
    "offer.declined": _("offered place declined"),
    "offer.expired": _("offered place not answered in time"),
    "attendance.recorded": _("attendance written down"),
    "attendance.undone": _("attendance crossed out"),
    "walk_in.added": _("came without a booking"),
    "transport.decided": _("decision on transport"),
    "needs.viewed": _("special needs looked at"),
    "participants.viewed": _("list of participants looked at"),
    "participants.exported": _("list of participants downloaded"),
    "feed.made": _("private calendar made"),
    "feed.revoked": _("private calendar ended"),
    # Messages and jobs
    "delivery.tried": _("call made, nobody answered"),
    "delivery.retried": _("message sent again"),
    "delivery.finished": _("call or letter finished"),
    "job.retried": _("background job run again"),
    # The site
    "settings.changed": _("settings changed"),
    "audit.exported": _("audit trail downloaded"),
}


def label_of(action: str) -> Promise | str:
    """The action's name; of one the code no longer knows, its key."""
    return ACTIONS.get(action, action)
