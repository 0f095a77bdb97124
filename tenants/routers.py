from typing import Any

from django.apps import apps
from django.conf import settings

from tenants.binding import PUBLIC_SCHEMA, current_schema


class SchemaRouter:
    """Registry apps migrate in ``public``, all others in the schemas of sites."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        is_shared = apps.get_app_config(app_label).name in settings.SHARED_APPS
        return is_shared == (current_schema() == PUBLIC_SCHEMA)
