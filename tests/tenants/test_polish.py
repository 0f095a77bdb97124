"""What people type finds Polish names, and lists follow the Polish alphabet."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.polish import search_key, slug, sort_key, without_diacritics
from tenants.teryt import registered_municipalities

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
polish_text = st.text(alphabet=ALPHABET + ALPHABET.upper() + " -0123456789", max_size=40)


@pytest.mark.parametrize(
    "words",
    [
        list(ALPHABET),
        ["Aa", "Ab", "Ą", "B", "Ca", "Cz", "Ća"],
        ["Zabrze", "Zzz", "Źródła", "Żary"],
        ["Lwówek", "Lwówek Śląski", "Lwówka", "Lyski", "Łabiszyn", "Mława"],
        ["Nowe", "Nowe Miasto", "Nowe-Miasto", "Nowe1", "Nowea", "Nowy"],
        ["Osiedle 1", "Osiedle 10", "Osiedle 2", "Osiedle a"],
        ["Oława", "Oświęcim", "Ozorków", "Ócieka", "Pniewy"],
        ["Quebec", "Rawicz", "Uście", "Vis", "Wejherowo", "Xanten", "Yeti", "Zator"],
        ["Emil", "Émile", "Emir", "Ęcki", "Żary", "Адам", "Ярослав"],
    ],
)
def test_words_come_in_the_order_of_the_alphabet(words: list[str]) -> None:
    in_order_of_bytes = sorted(words)
    assert sorted(in_order_of_bytes, key=sort_key) == words


def test_a_dash_sorts_as_a_hyphen() -> None:
    assert sort_key("Bielsko–Biała") == sort_key("Bielsko-Biała")


@given(polish_text)
def test_case_and_composition_of_letters_do_not_matter(text: str) -> None:
    assert sort_key(text.upper()) == sort_key(text)
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text(alphabet=ALPHABET, max_size=20), st.text(alphabet=ALPHABET, max_size=20))
def test_every_two_words_compare_letter_by_letter(one: str, other: str) -> None:
    def places(word: str) -> list[int]:
        return [ALPHABET.index(letter) for letter in word]

    assert (sort_key(one) < sort_key(other)) == (places(one) < places(other))


def test_keys_of_the_register_sort_alike_in_every_collation() -> None:
    """Lower-case letters and digits are ordered the same by bytes, by glibc and by ICU."""
    keys = [municipality.sort_key for municipality in registered_municipalities()]
    assert len(keys) == 2477
    assert all(re.fullmatch(r"([a-z]\d|\d\d)+", key) for key in keys)
    assert max(map(len, keys)) <= 80


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SZYDŁOWO", "szydlowo"),
        ("Szydłowo", "szydlowo"),
        ("  usługi   opiekuńcze ", "uslugi opiekuncze"),
        ("Dobra (Szczecińska)", "dobra szczecinska"),
        ("Bielsko-Biała", "bielsko biala"),
        (unicodedata.normalize("NFD", "Łódź Ócieka"), "lodz ocieka"),
    ],
)
def test_search_forgives_letters_case_and_punctuation(typed: str, key: str) -> None:
    assert search_key(typed) == key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Szydłowo", "szydlowo"),
        ("Niepołomice", "niepolomice"),
        ("Stary Sącz", "stary-sacz"),
        ("Kęty", "kety"),
        ("Śrem", "srem"),
        ("Bielsko–Biała", "bielsko-biala"),
        ("dwa_słowa", "dwa-slowa"),
    ],
)
def test_slugs_keep_polish_names_readable(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(polish_text)
def test_slugs_of_polish_text_are_ascii(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


def test_without_diacritics_keeps_case() -> None:
    assert without_diacritics("Łódź ŻÓŁĆ") == "Lodz ZOLC"
