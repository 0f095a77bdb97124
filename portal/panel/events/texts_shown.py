"""The words of an activity, language by language, with what readers see and what is a draft."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from events.models import Activity, ActivityText


@dataclass(frozen=True, slots=True)
class TextShown:
    language: str
    name: str
    text: ActivityText | None

    @property
    def has_draft(self) -> bool:
        """Something to publish."""
        return self.text is not None and (not self.text.live or self.text.has_unpublished_changes)

    @property
    def state(self) -> str:
        if self.text is None:
            return _("not written")
        if not self.text.live:
            return _("draft")
        return _("published, with newer changes") if self.has_draft else _("published")

    @property
    def look(self) -> str:
        if self.text is None:
            return ""
        return "warn" if self.has_draft else "ok"


def texts_shown(activity: Activity) -> list[TextShown]:
    """Every language of the site; reads the texts that were fetched."""
    found = {text.language: text for text in activity.texts.all()}
    return [TextShown(code, str(name), found.get(code)) for code, name in settings.LANGUAGES]
