from functools import cached_property
from typing import Any

from wagtail.admin.panels import Panel

from cms_pages.projects import project_of_site


class MissingPublicityPanel(Panel):
    """Tells the editor of a project page what EU visibility rules still ask for.

    The values belong to the registry: the operator adds them, not the editor.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms_pages/admin/missing_publicity.html"

        def is_shown(self) -> bool:
            return bool(self.missing)

        @cached_property
        def missing(self) -> tuple[Any, ...]:
            project = project_of_site(self.instance.project_key)
            return project.missing_publicity_fields() if project else ()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"missing": [field.label for field in self.missing]}
