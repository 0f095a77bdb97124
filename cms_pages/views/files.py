"""Files of a site: its colours and what its editors uploaded."""

import hashlib
from functools import lru_cache

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from tenants import theme
from tenants.binding import current_tenant

YEAR = 31_536_000


@lru_cache(maxsize=4_096)
def theme_sheet(colour: str) -> tuple[str, str]:
    """Digest and text of the stylesheet of a colour."""
    sheet = theme.stylesheet(colour)
    return hashlib.sha256(sheet.encode()).hexdigest()[:12], sheet


def theme_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The site's colour as custom properties; the address changes with the colour."""
    current, sheet = theme_sheet(current_tenant().colour)
    if digest != current:
        raise Http404
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def media(request: HttpRequest, path: str) -> FileResponse:
    """An uploaded picture of this very site; another site's name finds nothing here."""
    if not path.startswith("images/"):
        raise Http404  # documents go through their own view, which knows who may read them
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
