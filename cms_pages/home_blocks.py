"""What a home page is made of."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms_pages import slugs
from cms_pages.addresses import localised
from cms_pages.blocks import TEXT_FEATURES, CalloutBlock, TextBlock


class Door(models.TextChoices):
    """What a door of the home page opens; each has its drawing."""

    SERVICES = "services", _("Find a service")
    CONTACT = "contact", _("Talk to us")
    PROJECT = "project", _("The project")
    NEWS = "news", _("News")
    EVENTS = "events", _("Sign up for activities")
    HELP = "help", _("Neighbourly help")


_DOOR_SLUGS = {
    Door.SERVICES: slugs.SERVICES,
    Door.CONTACT: slugs.CONTACT,
    Door.PROJECT: slugs.PROJECT,
    Door.NEWS: slugs.NEWS,
}
_DOOR_VIEWS = {Door.EVENTS: "events:agenda", Door.HELP: "volunteering:help"}
_DOOR_TEXTS = {
    Door.HELP: _("Shopping, a walk, a talk: ask for a hand, or lend one."),
    Door.EVENTS: _("Workshops, walks, meetings. You need no account."),
    Door.SERVICES: _("What you can use, what it costs and how to apply."),
    Door.CONTACT: _("Who will help you, when and where."),
    Door.PROJECT: _("Where the money comes from and what changes."),
    Door.NEWS: _("What has changed lately."),
}


class DoorValue(blocks.StructValue):
    """A door whose words or target are left empty says and opens what its kind does."""

    @cached_property
    def heading(self) -> str:
        return self["title"] or str(Door(self["kind"]).label)

    @cached_property
    def description(self) -> str:
        return self["text"] or str(_DOOR_TEXTS.get(Door(self["kind"]), ""))

    @property
    def url(self) -> str:
        if self["page"]:
            return self["page"].localized.url or ""
        if view := _DOOR_VIEWS.get(Door(self["kind"])):
            return reverse(view)
        slug = _DOOR_SLUGS.get(Door(self["kind"]))
        return localised(f"{slug}/", get_language()) if slug else ""

    @property
    def drawing(self) -> str:
        """The partial with the drawing of the door."""
        return f"partials/_door_{self['kind']}.html"


class DoorBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=Door.choices, label=_("What it opens"))
    page = blocks.PageChooserBlock(
        required=False,
        label=_("Page"),
        help_text=_("Empty: the page of that kind, in the reader's language."),
    )
    title = blocks.CharBlock(required=False, max_length=60, label=_("Title"))
    text = blocks.CharBlock(required=False, max_length=140, label=_("One sentence"))

    class Meta:
        icon = "home"
        label = _("Door")
        value_class = DoorValue


class DoorsBlock(blocks.StructBlock):
    doors = blocks.ListBlock(DoorBlock(), min_num=2, max_num=4, label=_("Doors"))

    class Meta:
        icon = "home"
        label = _("Doors")
        template = "cms_pages/blocks/doors.html"


class SituationBlock(blocks.StructBlock):
    """A need in the words people come with, and the page that answers it."""

    text = blocks.CharBlock(max_length=80, label=_("What people say"))
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "help"
        label = _("Situation")


class SituationsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    situations = blocks.ListBlock(SituationBlock(), label=_("Situations"))

    class Meta:
        icon = "help"
        label = _("What brings you here?")
        template = "cms_pages/blocks/situations.html"


class NewsListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    number = blocks.IntegerBlock(default=3, min_value=1, max_value=6, label=_("How many"))

    class Meta:
        icon = "date"
        label = _("Newest news")
        template = "cms_pages/blocks/news_list.html"


class UpcomingBlock(blocks.StructBlock):
    """The next dates of activities; on a leader's site, of its partners'."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    number = blocks.IntegerBlock(default=4, min_value=1, max_value=8, label=_("How many"))

    class Meta:
        icon = "date"
        label = _("Coming events")
        template = "cms_pages/blocks/upcoming.html"


class ProjectFiguresBlock(blocks.StructBlock):
    """Figures of the site's project, from the registry; the editor adds only a heading."""

    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))

    class Meta:
        icon = "snippet"
        label = _("The project in figures")
        template = "cms_pages/blocks/project_figures.html"


class ContactsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))

    class Meta:
        icon = "user"
        label = _("Talk to us")
        template = "cms_pages/blocks/contacts.html"


class HomeBlock(blocks.StreamBlock):
    doors = DoorsBlock()
    situations = SituationsBlock()
    upcoming = UpcomingBlock()
    news = NewsListBlock()
    project = ProjectFiguresBlock()
    contacts = ContactsBlock()
    text = TextBlock(features=TEXT_FEATURES)
    callout = CalloutBlock()

    class Meta:
        block_counts = {"upcoming": {"max_num": 1}}


class AlertValue(blocks.StructValue):
    def is_shown(self, today: date) -> bool:
        starts, ends = self["starts_on"], self["ends_on"]
        return (starts is None or starts <= today) and (ends is None or today <= ends)


class AlertBlock(blocks.StructBlock):
    """News that cannot wait, above everything else; it goes away by itself."""

    title = blocks.CharBlock(max_length=120, label=_("In one sentence"))
    text = blocks.CharBlock(required=False, max_length=250, label=_("What to do"))
    page = blocks.PageChooserBlock(required=False, label=_("Page with more"))
    starts_on = blocks.DateBlock(required=False, label=_("From"))
    ends_on = blocks.DateBlock(required=False, label=_("To, that day included"))

    class Meta:
        icon = "warning"
        label = _("Alert")
        template = "cms_pages/blocks/alert.html"
        value_class = AlertValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        starts, ends = cleaned["starts_on"], cleaned["ends_on"]
        if starts and ends and ends < starts:
            raise blocks.StructBlockValidationError(
                block_errors={"ends_on": ValidationError(gettext("The last day comes first."))}
            )
        return cleaned


class AlertsBlock(blocks.StreamBlock):
    alert = AlertBlock()
