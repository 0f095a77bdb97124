"""The hard rules of matching in words, by their code (``matching.edges.RULES``)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What an organiser reads: what is the matter, and where it helps, what would change it.
FOR_ORGANISERS: dict[str, Promise] = {
    "not_active": _("is not active"),
    "own_request": _("is the person who asks"),
    "blocked": _("these two are kept apart"),
    "already_filled": _("enough people are helping already"),
    "declined": _("has said no to this request"),
    "already_asked": _("has been asked about this request already"),
    "skill_missing": _("lacks a skill that is needed"),
    "car_required": _("has no car"),
    "no_common_language": _("no language in common"),
    "outside_radius": _("too far away"),
    "not_available": _("not available at that time, with the way there and back"),
    "absent": _("is away on that day"),
    "time_overlap": _("has another task at that time"),
    "weekly_hours_used": _("has no hours left in that week"),
    "invite_budget_used": _("was asked three times in the last seven days"),
    "age_below_minimum": _("is too young for this"),
    "guardian_consent_required": _("a guardian's consent is missing on that day"),
    "agreement_required": _("no agreement in force on that day"),
    "insurance_missing": _("no accident insurance on that day, and the agreement is a short one"),
    "check_required": _("the background check for work with children is missing"),
    "check_lapsed": _("the background check lapses before the help ends"),
}

# What the volunteer reads. A blocked pair answers as if there were nothing.
FOR_VOLUNTEERS: dict[str, Promise] = {
    "not_active": _("Your profile has a break. End the break to help again."),
    "already_filled": _("Somebody is helping already. Thank you for being ready to help."),
    "time_overlap": _("You have another task at that time."),
    "weekly_hours_used": _("You have given all your hours for that week already."),
    "age_below_minimum": _("This task is for older volunteers."),
    "guardian_consent_required": _("We need the consent of your parent or guardian. Call us."),
    "agreement_required": _("We need to sign an agreement with you first. Call us."),
    "insurance_missing": _("Your insurance does not cover that day. Call us."),
    "check_required": _("Work with children needs a background check. Call us."),
    "check_lapsed": _("Your background check ends before that day. Call us."),
}
