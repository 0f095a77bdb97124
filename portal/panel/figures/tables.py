"""Figures as rows of a file: a month a row, and what is known of the whole time last."""

from datetime import date

from django.utils.translation import gettext as _

from portal.panel.figures.counting import Counted
from portal.panel.figures.of_partners import Figures, OfPartners


def of_site(figure: Counted) -> list[list[str]]:
    return [
        [_("Month"), *figure.headings],
        *([_in_file(month), *map(str, numbers)] for month, numbers in figure.rows),
        [_("All the months"), *map(str, figure.foot)],
    ]


def of_partners(figures: Figures, one: OfPartners) -> list[list[str]]:
    names = [partner.official_place for partner in figures.partners]
    return [
        [_("Month"), *names, _("All together")],
        *([_in_file(month), *map(str, numbers)] for month, numbers in one.rows),
        [_("All the months, added up"), *map(str, one.foot)],
    ]


def _in_file(month: date) -> str:
    return f"{month:%Y-%m}"
