from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms_pages.blocks import BodyBlock
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.slugs import CONTACT
from events.models import Session
from portal.places.models import Contact, OpeningHours, Place
from portal.places.models.place import PlaceQuerySet


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
        places = sorted(_offices().with_hours().with_access(), key=lambda p: not p.is_main)
        contacts = list(Contact.objects.with_phones())
        return {
            "contacts": contacts,
            "lead_contact": next((c for c in contacts if c.is_lead), None),
            "places": places,
            "main_place": places[0] if places else None,
        }


def _offices() -> PlaceQuerySet:
    """Without halls where nothing but activities takes place."""
    halls = Session.objects.exclude(place=None).values("place")
    is_staffed = Q(pk__in=OpeningHours.objects.values("place")) | Q(
        pk__in=Contact.objects.exclude(place=None).values("place")
    )
    return Place.objects.filter(Q(is_main=True) | is_staffed | ~Q(pk__in=halls))
