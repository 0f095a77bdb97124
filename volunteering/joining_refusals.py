"""Why somebody cannot become a volunteer on the site, or stop being one just now."""

from django.utils.translation import gettext as _

from volunteering.refusals import VolunteeringRefused

YOUNGEST = 16


class NotOpenYet(VolunteeringRefused):
    """The office has not said yet which parts the gmina has."""

    code = "not_open_yet"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("The office has not opened volunteering on this site yet. Call us if you want to "
              "help: we will be glad to talk.")
        )  # fmt: skip


class TooYoungToJoin(VolunteeringRefused):
    code = "too_young_to_join"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("On the site you can join from the age of %(age)d. If you are younger, come to the "
              "office with your parent or guardian: together we will find something for you.")
            % {"age": YOUNGEST}
        )  # fmt: skip


class HasTasks(VolunteeringRefused):
    """Somebody counts on them."""

    code = "has_tasks"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody counts on you: you have tasks that are not done yet. Give them back "
              "first, so that we can find another person.")
        )  # fmt: skip
