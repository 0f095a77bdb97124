"""Whatever colour a gmina chooses, its pages stay readable in both themes."""

import colorsys
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.theme import check, contrast, pairs, palette, stylesheet

TOKENS = Path(__file__).parents[2] / "portal/static/css/tokens.css"

EXTREMES = (
    "#000000",
    "#ffffff",
    "#ff0000",
    "#00ff00",
    "#0000ff",
    "#ffff00",
    "#00ffff",
    "#ff00ff",
)
HUES = tuple(
    "#" + bytes(round(255 * c) for c in colorsys.hls_to_rgb(step / 72, 0.5, 1.0)).hex()
    for step in range(72)
)
ANY_COLOUR = st.binary(min_size=3, max_size=3).map(lambda channels: "#" + channels.hex())

# The table of the design: lowest contrast over all hues and extremes, (light, dark).
DESIGNED = {
    ("accent on paper", "accent on surface"): (8.68, 8.99),
    ("accent on tint-2",): (7.07, 7.56),
    ("muted ink on tint-2",): (7.47, 7.96),
    ("text on accent",): (9.06, 10.62),
    ("white on deep",): (12.25, 12.65),
    ("vivid on paper", "vivid on surface"): (4.64, 4.63),
}


@pytest.mark.parametrize("colour", HUES + EXTREMES)
def test_every_hue_and_extreme_passes(colour: str) -> None:
    assert check(colour) == []


@given(ANY_COLOUR)
def test_any_colour_passes(colour: str) -> None:
    assert check(colour) == []


@pytest.mark.parametrize("names", DESIGNED)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lowest_contrast_is_the_designed_one(names: tuple[str, ...], theme: str) -> None:
    lowest = min(
        pair.contrast
        for colour in HUES + EXTREMES
        for pair in pairs(colour)
        if pair.theme == theme and pair.name in names
    )

    light, dark = DESIGNED[names]
    assert lowest == pytest.approx(light if theme == "light" else dark, abs=0.06)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#2c7a55", "#2c7a55", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


def test_palette_keeps_the_hue_of_a_strong_colour_and_tames_it() -> None:
    chosen = palette("#ff0000")

    red, green, blue = bytes.fromhex(chosen.light.accent[1:])
    assert red > 2 * max(green, blue)
    assert chosen.light.vivid != "#ff0000"


def test_palette_of_grey_has_no_hue() -> None:
    accent = bytes.fromhex(palette("#808080").light.accent[1:])
    assert max(accent) - min(accent) <= 1


def test_a_failing_pair_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.theme.TEXT_CONTRAST", 9.5)

    failing = check("#2c7a55")

    assert ("light", "muted ink on tint-2") in {(pair.theme, pair.name) for pair in failing}
    assert all(pair.contrast < pair.minimum == 9.5 for pair in failing)


@pytest.mark.parametrize(
    "colour",
    ["", "2c7a55", "#2c7a5", "#2c7a5g", "#fff", "green", "#2c7a55;}", "#2c7a55\n", "#１23456"],
)
def test_a_bad_colour_is_refused_in_plain_words(colour: str) -> None:
    for function in (palette, check, stylesheet):
        with pytest.raises(ValueError, match="a hash and six hexadecimal digits, such as #2c7a55"):
            function(colour)


def test_case_does_not_matter() -> None:
    assert palette("#2C7A55") == palette("#2c7a55")


def test_stylesheet_gives_both_themes_in_the_layer_of_the_tokens() -> None:
    chosen = palette("#b03a2e")
    css = stylesheet("#B03A2E")

    assert css.startswith("@layer tokens{:root{--gmina:#b03a2e;")
    light, dark = css.split("@media screen and (prefers-color-scheme:dark){")
    assert f"--accent:{chosen.light.accent};" in light
    assert f"--tint-2:{chosen.light.tint_2};" in light
    assert dark.startswith(":root:not(.light){")
    assert f"--accent:{chosen.dark.accent};" in dark
    assert css.count("{") == css.count("}")


def test_tokens_state_the_same_rules() -> None:
    """The defaults written in tokens.css are the palette of its default colour."""
    css = TOKENS.read_text(encoding="utf-8")
    light, dark = css.split("prefers-color-scheme: dark", 1)
    default = _value("gmina", light)
    chosen = palette(default)

    for part, roles in ((light, chosen.light), (dark, chosen.dark)):
        for name in roles.__slots__:
            assert _value(name.replace("_", "-"), part) == getattr(roles, name), name


def _value(token: str, css: str) -> str:
    found = re.search(rf"--{token}: (#[0-9a-f]{{6}});", css)
    assert found, f"tokens.css does not state --{token} as hex"
    return found[1]
