"""PDF out of data. A template gets its words as JSON through one input and never as source text, so
nothing anybody typed can be taken for an instruction of the typesetter."""

import json
from pathlib import Path
from typing import Any

import typst

from events.printing.letters import drawable

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """A document that a screen reader can read (PDF/UA-1); the same data give the same bytes."""
    return typst.compile(
        str(_HERE / f"{template}.typ"),
        root=str(_HERE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(drawable(data))},
        pdf_standards=["ua-1"],
    )
