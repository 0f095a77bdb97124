from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import AbstractPage

from cms_pages.entries import entries
from cms_pages.home_blocks import AlertsBlock, HomeBlock
from cms_pages.models.base import BasePage
from cms_pages.models.news import NewsPage
from cms_pages.projects import project_of_site
from events.next_dates import next_dates
from events.shown import by_day
from portal.places.models import Contact
from tenants.binding import current_tenant

CONTACTS_SHOWN = 3


class HomePage(BasePage):
    """The front door, one in each language."""

    hero_title = models.CharField(
        _("large title"), max_length=120, blank=True, help_text=_("Empty: the title of the page.")
    )
    alerts = StreamField(AlertsBlock(), verbose_name=_("alerts"), blank=True)
    body = StreamField(HomeBlock(), verbose_name=_("content"), blank=True)

    template = "cms_pages/pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.BasePage"]
    subpage_types: ClassVar[list[str]] = [
        "cms_pages.StandardPage",
        "cms_pages.ProjectPage",
        "cms_pages.ServiceIndexPage",
        "cms_pages.NewsIndexPage",
        "cms_pages.ContactPage",
        "cms_pages.AccessibilityPage",
        "cms_pages.PrivacyPage",
        "cms_pages.MinorsPage",
        "cms_pages.EasyReadPage",
    ]
    max_count_per_parent = len(settings.LANGUAGES)

    content_panels: ClassVar[list[Any]] = [
        *AbstractPage.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("lead"),
        FieldPanel("alerts"),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "hero_title", "body")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def current_alerts(self) -> list[Any]:
        """The alerts of today, as blocks to include."""
        today = timezone.localdate()
        return [alert for alert in self.alerts if alert.value.is_shown(today)]

    def page_context(self) -> dict[str, Any]:
        """``upcoming``, ``news``, ``project`` and ``contacts``: a few queries each, and only for
        blocks in use."""
        used = {block.block_type for block in self.body}
        context: dict[str, Any] = {"alerts": self.current_alerts()}
        if "upcoming" in used:
            number = next(b.value["number"] for b in self.body if b.block_type == "upcoming")
            context["upcoming"] = by_day(next_dates(number))
        if "news" in used:
            number = max(b.value["number"] for b in self.body if b.block_type == "news")
            context["news"] = entries(NewsPage.objects.live().newest_first())[:number]
        if "project" in used:
            project = project_of_site()
            context["project"] = project
            context["partner"] = project and project.partner(current_tenant().municipality_id or "")
            context["has_ended"] = project and project.has_ended(timezone.localdate())
        if "contacts" in used:
            context["contacts"] = list(Contact.objects.with_phones()[:CONTACTS_SHOWN])
        return context
