from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms_pages.blocks import BodyBlock, SectionsBlock
from cms_pages.forms import StandardPageForm
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.slugs import ABOUT, EASY_READ, refuse_reserved


class StandardPage(BasePage):
    """An ordinary page. The one called „O nas” keeps its address."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    base_form_class = StandardPageForm
    template = "cms_pages/pages/standard.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.HomePage", "cms_pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms_pages.StandardPage"]

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("body")]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "body")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def check_slug_under_home(self, slug: str) -> None:
        stored = BasePage.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if stored == ABOUT and slug != ABOUT:
            raise ValidationError(
                {"slug": gettext("The address “%(slug)s” of this page stays.") % {"slug": ABOUT}}
            )
        if slug != ABOUT:
            refuse_reserved(slug)


class EasyReadPage(SectionPage):
    """What the office does, in easy-to-read text (Act of 19.07.2019, art. 6(3)(c))."""

    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    fixed_slug = EASY_READ
    template = "cms_pages/pages/easy_read.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("sections"),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "sections", "body")

    class Meta:
        verbose_name = _("easy-to-read page")
        verbose_name_plural = _("easy-to-read pages")
