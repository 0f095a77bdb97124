"""What people attach: pictures are made anew, so that nothing of what was sent is kept but what
one sees; of PDFs, whatever could act by itself is refused; everything else is refused.

What a file is, is told by its content. Its name and the type a browser declares prove nothing.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from portal.messaging.file_names import clean_name
from portal.messaging.models import LARGEST_FILE, Attachment
from portal.messaging.pdf import START_OF_PDF, check_pdf
from portal.messaging.refusals import BadFile, TooLargeFile

# Bytes, of a picture as a telephone sends it; what is kept of it is far smaller.
LARGEST_PICTURE = 12 * 1024 * 1024
# Asked before anything is decoded: four bytes of memory a pixel.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1_600
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

register_heif_opener(thumbnails=False)


@dataclass(frozen=True, slots=True)
class CleanFile:
    name: str
    type: Attachment.Type
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "name": self.name, "type": self.type, "content": self.content,
            "size": len(self.content), "width": self.width, "height": self.height,
        }  # fmt: skip


def clean(file: UploadedFile[bytes]) -> CleanFile:
    """
    Raises:
        BadFile, LockedFile, ActiveFile, TooLargeFile: with the file's name.
    """
    name = clean_name(file.name or "")
    if (file.size or 0) > LARGEST_PICTURE:
        raise TooLargeFile(name, LARGEST_PICTURE)
    file.seek(0)
    content = file.read()
    if not content.startswith(START_OF_PDF):
        return _picture(name, content)
    if len(content) > LARGEST_FILE:
        raise TooLargeFile(name, LARGEST_FILE)
    check_pdf(content, name)
    return CleanFile(clean_name(name, ".pdf"), Attachment.Type.PDF, content)


def _picture(name: str, content: bytes) -> CleanFile:
    try:
        picture = _drawn_anew(content)
    except Exception as problem:  # whatever a decoder makes of bytes meant to break it
        raise BadFile(name) from problem
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=QUALITY)
    return CleanFile(
        clean_name(name, ".webp"), Attachment.Type.WEBP, kept.getvalue(), *picture.size
    )


def _drawn_anew(content: bytes) -> Image.Image:
    """The pixels of its first frame, upright, on a canvas that knows nothing of the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(content), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            sent.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(sent)
            pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    canvas = Image.new(pixels.mode, pixels.size)
    canvas.paste(pixels)
    return canvas
