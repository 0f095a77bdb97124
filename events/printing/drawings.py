"""The site's own drawings as pictures for a document, in the colours of the gmina."""

from django.template.loader import render_to_string

from tenants.models import Tenant
from tenants.theme import Roles

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_HONEY, _WALL = "#f4c34a", "#ffffff"


def crest(tenant: Tenant, colours: Roles) -> str:
    drawing = render_to_string("partials/_crest.html", {"motif": tenant.motif, "colour": ""})
    return standalone(
        drawing, f".crest{{fill:{colours.tint_1};stroke:{colours.accent};stroke-width:2}}"
    )


def landscape(colours: Roles) -> str:
    """The classes are those of ``gromada.css``."""
    fills = {
        "l0": _HONEY, "l1": colours.tint_3, "l2": colours.hill_1, "l3": colours.hill_2,
        "l4": colours.vivid, "l5": colours.forest, "lw": _WALL,
    }  # fmt: skip
    style = "".join(f".{name}{{fill:{colour}}}" for name, colour in fills.items())
    strokes = f".ls{{fill:none;stroke:{colours.forest};stroke-linecap:round}}"
    return standalone(render_to_string("partials/_land.html"), style + strokes)


def standalone(drawing: str, style: str = "") -> str:
    """An SVG of a page as one of its own: with its namespace, and the style the page gave it."""
    _before, _svg, inside = drawing.partition("<svg")
    attributes, _end, shapes = inside.partition(">")
    return f"<svg{_NAMESPACE}{attributes}><style>{style}</style>{shapes}"
