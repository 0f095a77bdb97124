"""What the panel does by itself. The engine defers these jobs and imports what they need when they
run."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants.nightly import every_night
from tenants.work import site_task


@site_task(label=_("figures for the leader of the project"))
@transaction.atomic
def publish_figures() -> None:
    from portal.panel.figures.publishing import publish_months  # noqa: PLC0415

    publish_months()


@every_night
def publish_figures_at_night() -> None:
    """In a job of its own, which staff see by name when it fails."""
    publish_figures.defer_once(None)
