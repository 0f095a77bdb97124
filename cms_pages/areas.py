from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceArea(models.TextChoices):
    """The fourteen areas of social services.

    Art. 2(1) of the Act of 19 July 2019 on social services centres (Dz.U. 2019 poz. 1818). A value
    is the slug of the statute's own words, so that data files can use those.
    """

    FAMILY_POLICY = "polityka-prorodzinna", _("pro-family policy")
    FAMILY_SUPPORT = "wspieranie-rodziny", _("family support")
    FOSTER_CARE = "system-pieczy-zastepczej", _("foster care")
    SOCIAL_ASSISTANCE = "pomoc-spoleczna", _("social assistance")
    HEALTH = "promocja-i-ochrona-zdrowia", _("health promotion and protection")
    DISABILITY = "wspieranie-osob-niepelnosprawnych", _("support for people with disabilities")
    EDUCATION = "edukacja-publiczna", _("public education")
    UNEMPLOYMENT = "przeciwdzialanie-bezrobociu", _("counteracting unemployment")
    CULTURE = "kultura", _("culture")
    SPORT = "kultura-fizyczna-i-turystyka", _("sport and tourism")
    CIVIC = "pobudzanie-aktywnosci-obywatelskiej", _("encouraging civic activity")
    HOUSING = "mieszkalnictwo", _("housing")
    ENVIRONMENT = "ochrona-srodowiska", _("environmental protection")
    REINTEGRATION = (
        "reintegracja-zawodowa-i-spoleczna",
        _("occupational and social reintegration"),
    )
