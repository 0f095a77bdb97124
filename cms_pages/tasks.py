from django.utils.translation import gettext_lazy as _

from tenants.nightly import every_night
from tenants.work import site_task


@site_task(label=_("publishing pages at the chosen time"))
def publish_scheduled() -> None:
    """Publish and take down the pages of the bound site whose moment has come."""
    from cms_pages.scheduling import carry_out  # noqa: PLC0415 (which defers this)

    carry_out()


@every_night
def publish_what_was_missed() -> None:
    publish_scheduled.defer()


@every_night
def keep_the_notice_of_older_sites() -> None:
    """Sites that were there before notices were kept have published theirs already."""
    from cms_pages.notices import keep_notice  # noqa: PLC0415 (models are not there before)

    keep_notice()
