"""Editors keep places and contacts in the CMS, beside the pages that show them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.places.forms import ContactForm, PlaceForm
from portal.places.models import AccessFacts, Contact, Place


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "user"
    list_display = ("role", "topics", "is_lead", "ordinal")
    ordering = ("ordinal", "role")
    edit_handler = ObjectList(
        [
            FieldPanel("role"),
            FieldPanel("topics"),
            InlinePanel("phones", heading=_("Phone numbers"), label=_("Phone number")),
            FieldPanel("email"),
            FieldPanel("person_name"),
            MultiFieldPanel(
                [FieldRowPanel(["place", "room"]), "duty_days", "duty"], _("Where and when")
            ),
            FieldRowPanel(["is_lead", "ordinal"]),
        ],
        base_form_class=ContactForm,
    )


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "home"
    list_display = ("name", "street", "city", "is_main")
    ordering = ("ordinal", "name")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                ["street", FieldRowPanel(["postcode", "city"]), "directions", "phone"],
                _("Address"),
            ),
            InlinePanel("opening_hours", heading=_("Opening hours"), label=_("Time")),
            InlinePanel("opening_exceptions", heading=_("Days with other hours"), label=_("Day")),
            MultiFieldPanel(
                ["by_appointment", FieldRowPanel(["closed_until", "closed_note"])],
                _("When it is not simply open"),
            ),
            InlinePanel("rooms", heading=_("Rooms"), label=_("Room")),
            InlinePanel(
                "access_facts",
                heading=_("Access"),
                label=_("Access"),
                help_text=_("What nobody has checked stays “not known”."),
                panels=[
                    FieldPanel("room"),
                    *(FieldRowPanel([fact, f"{fact}_note"]) for fact in AccessFacts.FACTS),
                    FieldPanel("checked_on"),
                ],
            ),
            FieldRowPanel(["latitude", "longitude"]),
            FieldRowPanel(["is_main", "ordinal"]),
        ],
        base_form_class=PlaceForm,
    )


class PlacesAndContacts(SnippetViewSetGroup):
    items = (ContactViewSet, PlaceViewSet)
    menu_label = _("Places and contacts")
    menu_icon = "home"
    menu_order = 150


register_snippet(PlacesAndContacts)
