"""That a report of danger waits. The message says nothing of it: mail and telephones are read by
others too."""

from functools import partial

from django.urls import reverse

from portal.notifications.links import absolute
from portal.notifications.promise import promise
from volunteering.models import SafetyReport
from volunteering.safety import readers_of, who_names_readers


def tell_report_waits(report: SafetyReport) -> None:
    """The two who read reports; while there is nobody, whoever may name them."""
    readers = readers_of(report)
    promise(
        "volunteering/danger",
        to=readers or who_names_readers(report),
        context={
            "are_readers": bool(readers),
            "link": partial(
                _address, "panel:safety:reports" if readers else "panel:safety:contacts"
            ),
        },
    )


def _address(view: str) -> str:
    return absolute(reverse(view))
