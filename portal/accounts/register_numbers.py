"""Numbers of Polish public registers, checked before they are kept.

NIP: art. 8b of the act of 13 October 1995 (weights 6 5 7 2 3 4 5 6 7, modulo 11); REGON: § 5 of the
regulation of 30 November 2015; KRS: ten digits without a check digit. An empty number is no error:
a parish, a school or a rural women's circle may have none.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.exceptions import ValidationError as NumberError
from stdnum.pl import nip, regon


def check_nip(text: str) -> str:
    """``856-734-62-15`` → ``8567346215``.

    Raises:
        ValidationError: with what is wrong and what to do.
    """
    return _check(nip, text, name="NIP", lengths=_("10 digits"))


def check_regon(text: str) -> str:
    """``192-598-184`` → ``192598184``.

    Raises:
        ValidationError: with what is wrong and what to do.
    """
    return _check(regon, text, name="REGON", lengths=_("9 or 14 digits"))


def check_krs(text: str) -> str:
    """``KRS 0000123456`` → ``0000123456``.

    Raises:
        ValidationError: it has not ten digits.
    """
    digits = re.sub(r"[\s-]|^KRS", "", text.strip().upper())
    if digits and not (re.fullmatch(r"[0-9]{10}", digits) and digits.strip("0")):
        raise ValidationError(
            _("A KRS number has 10 digits, with the zeros in front. Copy it from the extract.")
        )
    return digits


def _check(register: object, text: str, *, name: str, lengths: str) -> str:
    if not text.strip():
        return ""
    try:
        number = str(register.validate(text))  # type: ignore[attr-defined]
        if not number.strip("0"):
            raise InvalidFormat
    except InvalidChecksum:
        raise ValidationError(
            _("The last digit of this %(name)s does not fit the others: one of them is mistyped.")
            % {"name": name}
        ) from None
    except (InvalidLength, InvalidFormat, NumberError):
        raise ValidationError(
            _("A %(name)s number has %(lengths)s; hyphens and spaces may stay.")
            % {"name": name, "lengths": lengths}
        ) from None
    return number
