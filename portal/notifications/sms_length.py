"""How long an SMS is, and in how many parts it travels.

Source: 3GPP TS 23.038, the GSM 7-bit default alphabet and its extension table. A text with one
sign outside them, and every Polish letter is, is sent as UCS-2, counted in units of UTF-16.
"""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes two places: an escape and itself.
EXTENSION = frozenset("\f^{}\\[~]|€")

# Units in a text of one part, and in each part of a longer one.
GSM = (160, 153)
UNICODE = (70, 67)


@dataclass(frozen=True, slots=True)
class SmsSize:
    """
    Attributes:
        characters: units the text takes: 7-bit places, or units of UTF-16.
        left: units left in its last part.
    """

    characters: int
    parts: int
    left: int
    is_unicode: bool


def sms_size(text: str) -> SmsSize:
    is_unicode = not BASIC.union(EXTENSION).issuperset(text)
    costs = [_cost(sign, is_unicode=is_unicode) for sign in text]
    whole, part = UNICODE if is_unicode else GSM
    units = sum(costs)
    if units <= whole:
        return SmsSize(units, int(bool(text)), whole - units, is_unicode)
    parts, used = 1, 0
    for cost in costs:
        # A sign of two units is never torn apart.
        if used + cost > part:
            parts, used = parts + 1, 0
        used += cost
    return SmsSize(units, parts, part - used, is_unicode)


def _cost(sign: str, *, is_unicode: bool) -> int:
    return 1 + (ord(sign) > 0xFFFF if is_unicode else sign in EXTENSION)
