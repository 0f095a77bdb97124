"""What is sent as a file is what one sees of it, or it is refused with a sentence."""

import zipfile
from io import BytesIO
from time import monotonic

import pytest
from PIL import Image
from pypdf import PdfWriter

from portal.messaging.files import LONGEST_SIDE, clean
from portal.messaging.models import LARGEST_FILE, Attachment
from portal.messaging.refusals import ActiveFile, BadFile, LockedFile, TooLargeFile
from tests.messaging.core.talking import pdf, pdf_with_packed, upload

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str, size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    kept = BytesIO()
    mode = "P" if kind == "GIF" else "RGB"
    Image.new(mode, size, 9).save(kept, kind, **options)
    return kept.getvalue()


def archive() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("run.exe", b"MZ")
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_a_picture_of_any_name_becomes_a_webp(kind: str) -> None:
    kept = clean(upload(picture(kind), "skan.pdf", "application/pdf"))
    assert (kept.type, kept.name) == (Attachment.Type.WEBP, "skan.webp")
    assert kept.content[8:12] == b"WEBP"
    assert (kept.width, kept.height) == (400, 300)


def test_a_photo_loses_its_place_stands_upright_and_gets_smaller() -> None:
    noted = Image.Exif()
    noted[0x0112] = 6  # lies on its side
    noted[0x010F] = "Aparat Anny"
    noted.get_ifd(0x8825)[2] = (52.0, 5.0, 18.0)
    xmp = b"<x:xmpmeta>gps</x:xmpmeta>"
    sent = picture("JPEG", (4000, 2000), exif=noted, xmp=xmp, icc_profile=b"P" * 200)
    assert b"Aparat Anny" in sent
    kept = clean(upload(sent))
    assert (kept.width, kept.height) == (LONGEST_SIDE // 2, LONGEST_SIDE)
    again = Image.open(BytesIO(kept.content))
    assert dict(again.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile"} & again.info.keys()
    assert b"Aparat" not in kept.content
    assert b"gps" not in kept.content


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    kept = clean(upload(picture("JPEG") + archive() + HTML))
    assert b"run.exe" not in kept.content
    assert b"<script>" not in kept.content


def test_a_plain_pdf_is_taken_as_it_is() -> None:
    sent = pdf()
    kept = clean(upload(sent, "Pismo.exe"))
    assert (kept.type, kept.name, kept.content) == (Attachment.Type.PDF, "Pismo.pdf", sent)
    packed = pdf_with_packed(b"<</Title(x)>>")
    assert clean(upload(packed)).content == packed


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(HTML, id="page"),
        pytest.param(SVG, id="svg"),
        pytest.param(archive(), id="zip"),
        pytest.param(b"MZ\x90\x00" + bytes(200), id="program"),
        pytest.param(picture("PNG")[:60], id="torn picture"),
        pytest.param(picture("BMP"), id="kind we do not take"),
        pytest.param(b"%PDF-1.4\nnothing\n%%EOF", id="only looks like a PDF"),
        pytest.param(pdf() + archive(), id="PDF and ZIP"),
        pytest.param(pdf() + HTML, id="page behind a PDF"),
        pytest.param(b"%PDF-1.4\n" + HTML + pdf(), id="page inside a PDF"),
        pytest.param(b"GIF89a" + pdf(), id="PDF behind a picture's name"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(BadFile, match="Send a photo or a PDF document") as refusal:
        clean(upload(content, "zdjęcie.png"))
    assert "zdjęcie.png" in str(refusal.value)


@pytest.mark.parametrize(
    "active",
    [
        b"<</S/JavaScript/JS(app.alert(1))>>",
        b"<</S/#4aava#53cript/J#53(app.alert(1))>>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"<</Type/Filespec/EF<</F 11 0 R>>>>",
        b"[<</A<</S/SubmitForm/F(http://x)>>>>]",
    ],
)
def test_a_pdf_that_acts_is_refused_also_where_it_is_packed(active: bytes) -> None:
    with pytest.raises(ActiveFile, match="program or another file"):
        clean(upload(pdf_with_packed(active)))
    plainly = pdf().replace(b"\nxref", b"\n9 0 obj " + active + b" endobj\nxref", 1)
    with pytest.raises(ActiveFile):
        clean(upload(plainly))


def test_a_pdf_with_a_file_inside_is_refused() -> None:
    writer = PdfWriter()
    writer.add_attachment("run.exe", b"MZ")
    with pytest.raises(ActiveFile):
        clean(upload(pdf(writer)))


def test_a_locked_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.encrypt("tajne")
    with pytest.raises(LockedFile, match="password"):
        clean(upload(pdf(writer)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.4\n" + b"stream\n" * 300_000 + b"%%EOF", id="never ends"),
        pytest.param(pdf_with_packed(b"<</A" * 20_000), id="deep"),
        pytest.param(pdf_with_packed(b"[" + b"1 " * 9_000_000 + b"]"), id="wide"),
        pytest.param(pdf_with_packed(b"null"), id="nothing to look into"),
    ],
)
def test_a_pdf_made_to_keep_us_busy_is_refused_soon(content: bytes) -> None:
    started = monotonic()
    with pytest.raises(BadFile):
        clean(upload(content))
    assert monotonic() - started < 5


def test_too_large_is_said_before_anything_is_opened() -> None:
    with pytest.raises(TooLargeFile, match="12 MB"):
        clean(upload(bytes(12 * 1024 * 1024 + 1)))
    with pytest.raises(TooLargeFile, match="5 MB"):
        clean(upload(pdf() + bytes(LARGEST_FILE)))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    kept = BytesIO()
    Image.new("1", (9_000, 9_000)).save(kept, "PNG")  # a few kilobytes, 324 MB when opened
    assert len(kept.getvalue()) < 20_000
    with pytest.raises(BadFile):
        clean(upload(kept.getvalue()))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.webp"),
        ("C:\\Zdjęcia\\Kot.JPG", "Kot.webp"),
        ("<script>alert(1)</script>.png", "script.webp"),
        ("rachunek\u202egnp.exe", "rachunekgnp.webp"),
        ("a\r\nContent-Type: text.png", "aContent-Type text.webp"),
        ("\x00\x1f", "file.webp"),
        ("ź" * 300 + ".png", "ź" * 60 + ".webp"),
    ],
)
def test_a_name_does_nothing(sent: str, kept: str) -> None:
    file = upload(picture("PNG"))
    file._name = sent  # as it would be, had Django not looked at it before
    assert clean(file).name == kept
