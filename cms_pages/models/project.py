from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms_pages.blocks import BodyBlock
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.panels import MissingPublicityPanel
from cms_pages.projects import project_of_site, projects_of_site
from cms_pages.slugs import PROJECT
from tenants.binding import current_tenant


class ProjectPage(SectionPage):
    """The editor's words about a project; its facts come from the registry when it is shown."""

    project_key = models.CharField(
        _("project"),
        max_length=40,
        blank=True,
        help_text=_("Key of the project in the registry; empty: the site's only or latest one."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    fixed_slug = PROJECT
    template = "cms_pages/pages/project.html"

    content_panels: ClassVar[list[Any]] = [
        MissingPublicityPanel(),
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("project_key"),
    ]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "body")

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    def clean(self) -> None:
        super().clean()
        if not self.project_key:
            return
        known = [project.key for project in projects_of_site()]
        if self.project_key not in known:
            raise ValidationError(
                {
                    "project_key": gettext("This site takes part in: %(keys)s.")
                    % {"keys": ", ".join(known) or "–"}
                }
            )

    def page_context(self) -> dict[str, Any]:
        """The facts, and what follows from who shows them and when: one query."""
        today = timezone.localdate()
        tenant = current_tenant()
        project = project_of_site(self.project_key)
        if project is None:
            return {"project": None}
        teryt = tenant.municipality_id or ""
        return {
            "project": project,
            "has_ended": project.has_ended(today),
            "partner": project.partner(teryt),
            "leader_tasks": project.tasks_of_leader(),
            "partner_tasks": project.tasks_of_partner(teryt),
            "stages": [(stage, stage.state(today)) for stage in project.stages],
            "residents": [g for g in project.target_groups if g.kind == "residents"],
            "staff": [g for g in project.target_groups if g.kind == "staff"],
        }
