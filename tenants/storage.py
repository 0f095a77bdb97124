from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from tenants.binding import current_tenant


class SiteStorage(FileSystemStorage):
    """Uploaded files in a folder per site; the same name on two sites is two files."""

    @property
    def base_location(self) -> str:
        return str(Path(settings.MEDIA_ROOT) / current_tenant().schema_name)

    @property
    def location(self) -> str:
        return self.base_location
