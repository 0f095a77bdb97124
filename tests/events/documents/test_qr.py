import re

from events.qr import qr_svg


def test_the_code_is_drawn_without_styles_and_can_be_scanned_from_a_dark_page() -> None:
    drawing = qr_svg("https://srem.example.pl/wydarzenia/joga/")
    assert drawing.startswith("<svg ")
    assert "style=" not in drawing
    size = re.search(r'viewBox="0 0 (\d+) \1"', drawing)
    assert size
    assert f'fill="#fff" d="M0 0h{size[1]}v{size[1]}h-{size[1]}z"' in drawing


def test_what_is_in_it_cannot_become_markup() -> None:
    assert "script" not in qr_svg('"><script>alert(1)</script>')


def test_another_address_is_another_code() -> None:
    assert qr_svg("https://srem.example.pl/a/") != qr_svg("https://srem.example.pl/b/")
