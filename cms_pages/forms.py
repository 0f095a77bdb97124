from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from cms_pages.slugs import HOME_DEPTH


class StandardPageForm(WagtailAdminPageForm):
    """Refuses an address before the page is put into the tree, where the model would."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug")
        is_new = self.instance.pk is None
        if is_new and slug and self.parent_page and self.parent_page.depth == HOME_DEPTH:
            try:
                self.instance.check_slug_under_home(slug)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
