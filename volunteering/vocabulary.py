"""Closed lists that volunteers and those who ask for help choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Skill(models.TextChoices):
    SHOPPING = "shopping", _("shopping and errands")
    COMPANY = "company", _("talking and keeping company")
    WALKING = "walking", _("walks and going along to the doctor")
    READING = "reading", _("reading aloud")
    COOKING = "cooking", _("cooking together")
    LIFTING = "lifting", _("carrying heavy things")
    REPAIRS = "repairs", _("small repairs")
    GARDEN = "garden", _("garden and snow")
    COMPUTER = "computer", _("phone and computer")
    PAPERS = "papers", _("forms and official letters")
    LEARNING = "learning", _("help with learning")
    ANIMALS = "animals", _("looking after animals")
    DRIVING = "driving", _("driving people")
    EVENTS = "events", _("help at events")
    FIRST_AID = "first_aid", _("first aid")


class Language(models.TextChoices):
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
    RUSSIAN = "ru", _("Russian")
    SIGN = "pjm", _("Polish Sign Language (PJM)")


class Transport(models.TextChoices):
    FOOT = "foot", _("on foot or by bus")
    BICYCLE = "bicycle", _("by bicycle")
    CAR = "car", _("by car")


class Kind(models.TextChoices):
    """What a neighbour is asked for."""

    SHOPPING = "shopping", pgettext_lazy("help", "shopping or a prescription")
    COMPANY = "company", pgettext_lazy("help", "a visit and a talk")
    GOING_ALONG = (
        "going_along",
        pgettext_lazy("help", "company on the way to a doctor or office"),
    )
    LIFT = "lift", pgettext_lazy("help", "a lift by car")
    WALK = "walk", pgettext_lazy("help", "a walk together")
    REPAIR = "repair", pgettext_lazy("help", "a small repair at home")
    GARDEN = "garden", pgettext_lazy("help", "garden, leaves or snow")
    COMPUTER = "computer", pgettext_lazy("help", "help with a phone or computer")
    PAPERS = "papers", pgettext_lazy("help", "help with forms and letters")
    CALL = "call", pgettext_lazy("help", "a talk by telephone")
    LEARNING = "learning", pgettext_lazy("help", "help for a child with learning")
    ANIMALS = "animals", pgettext_lazy("help", "care for an animal")
    OTHER = "other", pgettext_lazy("help", "something else")


# What a volunteer has to be able to do for it; what a clerk may change for one request.
SKILLS_FOR: dict[str, list[str]] = {
    Kind.SHOPPING: [],
    Kind.COMPANY: [],
    Kind.GOING_ALONG: [Skill.WALKING],
    Kind.LIFT: [Skill.DRIVING],
    Kind.WALK: [Skill.WALKING],
    Kind.REPAIR: [Skill.REPAIRS],
    Kind.GARDEN: [],
    Kind.COMPUTER: [Skill.COMPUTER],
    Kind.PAPERS: [Skill.PAPERS],
    Kind.CALL: [],
    Kind.LEARNING: [Skill.LEARNING],
    Kind.ANIMALS: [Skill.ANIMALS],
    Kind.OTHER: [],
}
# What makes somebody fit better, without being needed.
PREFERRED_FOR: dict[str, list[str]] = {
    Kind.SHOPPING: [Skill.SHOPPING],
    Kind.COMPANY: [Skill.COMPANY],
    Kind.GARDEN: [Skill.GARDEN],
    Kind.CALL: [Skill.COMPANY],
    Kind.GOING_ALONG: [Skill.FIRST_AID],
}
# Nobody has to be near for it.
REMOTE = frozenset({Kind.CALL})
NEEDS_CAR = frozenset({Kind.LIFT})
# Whoever does it works with a minor (act of 13 May 2016 on the threat of sexual crime, art. 21).
WITH_MINORS = frozenset({Kind.LEARNING})
