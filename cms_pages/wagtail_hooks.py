"""The CMS as editors see it: what they need, and nothing that leads out of the site."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms_pages.models import ServiceAvailability
from events.models import Session
from portal.places.models import Place

# Sites and languages are set up by provisioning; an editor who changed them would take the site
# off its address. The other links lead to somebody else's servers.
_HIDDEN_SETTINGS = {"sites", "locales"}
_HIDDEN_HELP = ("whats-new", "editor-guide")


class ServiceAvailabilityViewSet(SnippetViewSet):
    model = ServiceAvailability
    icon = "date"
    menu_label = _("States of services")
    menu_order = 160
    add_to_admin_menu = True
    list_display = ("service", "status", "note")
    list_filter = ("status",)
    edit_handler = ObjectList([FieldPanel("service"), FieldPanel("status"), FieldPanel("note")])


register_snippet(ServiceAvailabilityViewSet)


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def hide_settings_of_provisioning(_request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN_SETTINGS]


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]
def hide_links_to_other_servers(_request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith(_HIDDEN_HELP)]


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]
def keep_places_of_dates(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """People were told to come there; Wagtail's own check does not know of dates."""
    if request.method != "POST":
        return None
    places = [place for place in instances if isinstance(place, Place)]
    used = Session.objects.filter(place__in=places).select_related("place").first()
    if used is None or used.place is None:
        return None
    messages.error(
        request,
        gettext(
            "Activities take place, or took place, in “%(place)s”: it cannot be deleted. Change "
            "its name or mark it as closed instead."
        )
        % {"place": used.place},
    )
    return redirect("wagtailsnippets_places_place:list")
