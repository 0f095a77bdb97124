from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms_pages.blocks import BodyBlock
from cms_pages.entries import entries
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.slugs import NEWS
from tenants.models.project import DatePrecision

NEWS_LISTED = 60


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> Self:
        newest: Self = self.order_by("-date", "-first_published_at", "-pk")
        return newest


class NewsIndexPage(SectionPage):
    """All news, newest first."""

    fixed_slug = NEWS
    template = "cms_pages/pages/news_index.html"
    subpage_types: ClassVar[list[str]] = ["cms_pages.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def page_context(self) -> dict[str, Any]:
        """``news``: one query."""
        return {"news": entries(NewsPage.objects.live().newest_first())[:NEWS_LISTED]}


class NewsPage(BasePage):
    date = models.DateField(_("date"), default=timezone.localdate)
    date_precision = models.CharField(
        _("what is known of the date"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text=_("Month: only the month is shown."),
    )
    picture = models.ForeignKey(
        "cms_pages.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    objects = PageManager.from_queryset(NewsQuerySet)()

    template = "cms_pages/pages/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel(["date", "date_precision"]),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "body")
    search_fields: ClassVar[list[index.BaseField]] = [
        *BasePage.search_fields,
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
