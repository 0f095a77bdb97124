"""What an opportunity asks of volunteers, in sentences."""

from django.utils.translation import gettext as _

from volunteering.models import Opportunity
from volunteering.models.volunteer import ADULT
from volunteering.vocabulary import Skill


def requirements(opportunity: Opportunity) -> list[str]:
    lines = [_("You are at least %(age)d years old.") % {"age": opportunity.min_age}]
    if opportunity.min_age < ADULT:
        lines.append(_("If you are under 18, a parent or guardian agrees."))
    lines.append(_("You sign an agreement with us: it says what you do, and that you are insured."))
    if opportunity.with_minors:
        lines.append(
            _("You work with children, so the law asks for a background check. We help with it.")
        )
    if opportunity.required_skills:
        skills = ", ".join(str(Skill(one).label) for one in opportunity.required_skills)
        lines.append(_("It helps if you are good at: %(skills)s.") % {"skills": skills})
    return lines
