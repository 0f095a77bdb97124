from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms_pages.blocks import BodyBlock
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.slugs import CONTACT
from portal.places.models import Contact, Place


class ContactPage(SectionPage):
    """Whom to ask, where and when; people and places are kept beside the pages."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    fixed_slug = CONTACT
    template = "cms_pages/pages/contact.html"

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("body")]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "body")

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def page_context(self) -> dict[str, Any]:
        """``contacts`` and ``places`` (the main one first, as ``main_place``): three queries."""
        places = sorted(Place.objects.with_hours().with_access(), key=lambda p: not p.is_main)
        contacts = list(Contact.objects.with_phones())
        return {
            "contacts": contacts,
            "lead_contact": next((c for c in contacts if c.is_lead), None),
            "places": places,
            "main_place": places[0] if places else None,
        }
