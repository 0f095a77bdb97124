"""QR codes, drawn by ourselves: nobody else learns what is in them."""

import segno
from django.utils.safestring import SafeString


def qr_svg(text: str) -> SafeString:
    """An SVG for a page or a document, with its quiet zone and its own light ground, so that it can
    be scanned from a dark page as well. Whoever places it says in words where it leads."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr",
        lineclass=None,
    )  # fmt: skip
    # Nothing in it was typed by anybody: the text became squares.
    return SafeString(drawing)
