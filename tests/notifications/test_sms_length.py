"""What the provider will bill: places of the GSM alphabet, or units of UTF-16."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications.sms_length import BASIC, EXTENSION, SmsSize, sms_size

gsm_texts = st.text(st.sampled_from(sorted(BASIC)), max_size=700)


def test_alphabet_is_whole() -> None:
    assert len(BASIC) == 127  # 128 places, one of which is the escape
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", SmsSize(0, 0, 160, is_unicode=False)),
        ("a" * 160, SmsSize(160, 1, 0, is_unicode=False)),
        ("a" * 161, SmsSize(161, 2, 145, is_unicode=False)),
        ("a" * 306, SmsSize(306, 2, 0, is_unicode=False)),
        ("a" * 307, SmsSize(307, 3, 152, is_unicode=False)),
        ("€" * 80, SmsSize(160, 1, 0, is_unicode=False)),
        ("Zażółć gęślą jaźń", SmsSize(17, 1, 53, is_unicode=True)),
        ("ż" * 70, SmsSize(70, 1, 0, is_unicode=True)),
        ("ż" * 71, SmsSize(71, 2, 63, is_unicode=True)),
        ("ż" * 134, SmsSize(134, 2, 0, is_unicode=True)),
        # In UCS-2 the euro sign takes one unit, an emoji two.
        ("ż€", SmsSize(2, 1, 68, is_unicode=True)),
        ("🙂" * 35, SmsSize(70, 1, 0, is_unicode=True)),
        # 33 of them fill 66 of 67 units: the next is not torn apart.
        ("🙂" * 36, SmsSize(72, 2, 61, is_unicode=True)),
        # The escape and its sign stay together: 152 + 2 do not fit into 153.
        ("a" * 152 + "€" + "a" * 8, SmsSize(162, 2, 143, is_unicode=False)),
    ],
)
def test_size(text: str, size: SmsSize) -> None:
    assert sms_size(text) == size


@pytest.mark.parametrize("letter", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
def test_polish_letters_make_it_unicode(letter: str) -> None:
    assert sms_size(f"Tekst {letter}").is_unicode


@pytest.mark.parametrize("sign", sorted(BASIC | EXTENSION))
def test_signs_of_the_alphabet_do_not(sign: str) -> None:
    assert not sms_size(sign).is_unicode


@given(gsm_texts)
def test_text_of_basic_signs_needs_no_more_parts_than_its_length_asks(text: str) -> None:
    size = sms_size(text)
    assert size.characters == len(text)
    assert size.parts == (
        math.ceil(len(text) / 160) if len(text) <= 160 else math.ceil(len(text) / 153)
    )


@given(st.text(max_size=400))
def test_parts_hold_the_text_and_not_much_more(text: str) -> None:
    size = sms_size(text)
    whole, part = (70, 67) if size.is_unicode else (160, 153)
    room = whole if size.parts <= 1 else size.parts * part
    # A sign of two units may leave one empty at the end of each part.
    assert size.characters <= room - size.left <= size.characters + size.parts
    if size.is_unicode:
        assert size.characters == len(text.encode("utf-16-le")) // 2


@given(st.text(max_size=300), st.characters())
def test_one_more_sign_never_makes_it_shorter(text: str, sign: str) -> None:
    assert sms_size(text + sign).parts >= sms_size(text).parts
