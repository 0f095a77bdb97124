"""The CMS as editors see it: what they need, and nothing that leads out of the site."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms_pages.models import ServiceAvailability

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
