"""Who somebody can be on a site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESIDENT = "resident", _("resident")
    VOLUNTEER = "volunteer", _("volunteer")
    NGO_MEMBER = "ngo_member", _("member of an organisation")
    OSL = "osl", _("local community organiser")
    OUS = "ous", _("social services organiser")
    EDITOR = "editor", _("editor")
    DIRECTOR = "director", _("director")
    DPO = "dpo", _("data-protection officer")
    ANALYST = "analyst", _("analyst of the project leader")


# Everybody who has a login is a resident; membership of an organisation is a row of its own.
IMPLIED = frozenset({Role.RESIDENT, Role.NGO_MEMBER})
GRANTED = frozenset(Role) - IMPLIED
# Roles of the office. They come by invitation, and need a second factor.
STAFF = frozenset({Role.OSL, Role.OUS, Role.EDITOR, Role.DIRECTOR, Role.DPO, Role.ANALYST})
# A leader's site has no residents to organise; a gmina's site has no figures of its partners.
ON_LEADER_SITES = frozenset({Role.EDITOR, Role.DIRECTOR, Role.DPO, Role.ANALYST})
ON_MUNICIPALITY_SITES = frozenset(Role) - {Role.ANALYST}
