"""A gmina's palette, computed from the one colour it chooses.

The hue is kept, the chroma capped and the lightness set by role, so that every hue is readable.
`portal/static/css/tokens.css` states the same rules in CSS; the hex values made here serve
browsers without relative colours, the preview and the check on saving.

Units: sRGB channels, lightness and ratios of a mixture run from 0 to 1; chroma is that of OKLab
(about 0 to 0.4); hues are degrees; a contrast is a ratio from 1 to 21.

Sources: OKLab by Björn Ottosson (2020), https://bottosson.github.io/posts/oklab/; relative
luminance and contrast ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
"""

import math
import re
from dataclasses import asdict, dataclass

Triple = tuple[float, float, float]

TEXT_CONTRAST = 7.0
SHAPE_CONTRAST = 4.5

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Roles:
    """The colours of one theme, each `#rrggbb`; field names are the tokens' names."""

    accent: str
    vivid: str
    deep: str
    forest: str
    tint_1: str
    tint_2: str
    tint_3: str
    hill_1: str
    hill_2: str


@dataclass(frozen=True, slots=True)
class Palette:
    """What one chosen colour becomes in both themes."""

    colour: str
    light: Roles
    dark: Roles


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet on a page, with the contrast they have and the one they need."""

    theme: str
    name: str
    contrast: float
    minimum: float

    @property
    def passes(self) -> bool:
        return self.contrast >= self.minimum


@dataclass(frozen=True, slots=True)
class _Theme:
    """The neutrals of one theme and the lightness, chroma and mixture of each role in it."""

    name: str
    paper: str
    surface: str
    ink_2: str
    on_accent: str
    accent: tuple[float, float]
    vivid: tuple[float, float]
    deep: tuple[float, float]
    forest: tuple[float, float]
    tints: Triple
    hills: tuple[float, float] = (0.46, 0.68)


_LIGHT = _Theme(
    name="light",
    paper="#fbfaf6",
    surface="#ffffff",
    ink_2="#3f4641",
    on_accent="#ffffff",
    accent=(0.38, 0.1),
    vivid=(0.52, 0.13),
    deep=(0.31, 0.08),
    forest=(0.42, 0.08),
    tints=(0.07, 0.15, 0.30),
)
_DARK = _Theme(
    name="dark",
    paper="#151a17",
    surface="#1e2420",
    ink_2="#c6ccc5",
    on_accent="#0d1410",
    accent=(0.83, 0.09),
    vivid=(0.65, 0.1),
    deep=(0.30, 0.08),
    forest=(0.19, 0.08),
    tints=(0.12, 0.22, 0.40),
)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21, in either order (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def palette(colour: str) -> Palette:
    """The roles of both themes for a colour written `#rrggbb`."""
    chosen = _normal(colour)
    return Palette(colour=chosen, light=_roles(chosen, _LIGHT), dark=_roles(chosen, _DARK))


def pairs(colour: str) -> list[Pair]:
    """Every pair that must stay readable, in both themes."""
    chosen = palette(colour)
    return [*_pairs_of(chosen.light, _LIGHT), *_pairs_of(chosen.dark, _DARK)]


def check(colour: str) -> list[Pair]:
    """The pairs that fail; empty for every colour as long as the rules above hold."""
    return [pair for pair in pairs(colour) if not pair.passes]


def stylesheet(colour: str) -> str:
    """The stylesheet of one site, to load after `tokens.css`: the colour and its roles as hex."""
    chosen = palette(colour)
    return (
        "@layer tokens{"
        f":root{{--gmina:{chosen.colour};{_declarations(chosen.light)}}}"
        "@media screen and (prefers-color-scheme:dark){"
        f":root:not(.light){{{_declarations(chosen.dark)}}}"
        "}}\n"
    )


def _declarations(roles: Roles) -> str:
    return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in asdict(roles).items())


def _pairs_of(roles: Roles, theme: _Theme) -> list[Pair]:
    text = (
        ("accent on paper", roles.accent, theme.paper),
        ("accent on surface", roles.accent, theme.surface),
        ("accent on tint-2", roles.accent, roles.tint_2),
        ("muted ink on tint-2", theme.ink_2, roles.tint_2),
        ("text on accent", theme.on_accent, roles.accent),
        ("white on deep", "#ffffff", roles.deep),
    )
    shapes = (
        ("vivid on paper", roles.vivid, theme.paper),
        ("vivid on surface", roles.vivid, theme.surface),
    )
    return [
        Pair(theme=theme.name, name=name, contrast=contrast(front, ground), minimum=minimum)
        for group, minimum in ((text, TEXT_CONTRAST), (shapes, SHAPE_CONTRAST))
        for name, front, ground in group
    ]


def _roles(colour: str, theme: _Theme) -> Roles:
    _, a, b = _oklab(colour)
    chroma, hue = math.hypot(a, b), math.atan2(b, a)

    def role(lightness: float, cap: float) -> Triple:
        kept = min(chroma, cap)
        return lightness, kept * math.cos(hue), kept * math.sin(hue)

    vivid, paper = role(*theme.vivid), _oklab(theme.paper)
    tint_1, tint_2, tint_3 = (_hex(_mixed(vivid, paper, share)) for share in theme.tints)
    hill_1, hill_2 = (_hex(_mixed(vivid, paper, share)) for share in theme.hills)
    return Roles(
        accent=_hex(role(*theme.accent)),
        vivid=_hex(vivid),
        deep=_hex(role(*theme.deep)),
        forest=_hex(role(*theme.forest)),
        tint_1=tint_1,
        tint_2=tint_2,
        tint_3=tint_3,
        hill_1=hill_1,
        hill_2=hill_2,
    )


def _normal(colour: str) -> str:
    if not _HEX.fullmatch(colour):
        raise ValueError(
            f"A colour is a hash and six hexadecimal digits, such as #2c7a55, not {colour!r}."
        )
    return colour.lower()


def _channels(colour: str) -> Triple:
    red, green, blue = bytes.fromhex(_normal(colour)[1:])
    return red / 255, green / 255, blue / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(front: Triple, ground: Triple, share: float) -> Triple:
    """`share` of the front in the ground, mixed in OKLab as CSS `color-mix(in oklab, …)` does."""
    lightness, a, b = (x * share + y * (1 - share) for x, y in zip(front, ground, strict=True))
    return lightness, a, b


def _oklab(colour: str) -> Triple:
    red, green, blue = map(_linear, _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hex(oklab: Triple) -> str:
    """The sRGB colour of an OKLab triple; channels out of gamut are clipped, as in browsers."""
    lightness, a, b = oklab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encoded(min(max(c, 0), 1))):02x}" for c in linear)
