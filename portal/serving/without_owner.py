"""Processes that talk to browsers do not know how to become the role that changes tables."""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections


def without_owner(
    serve: Callable[..., object],
) -> Callable[[Callable[[], object]], object]:
    """``serve(when_ready=…)`` as the work of a child of its own."""

    def work(when_ready: Callable[[], object]) -> object:
        os.environ.pop("OWNER_DATABASE_URL", None)
        settings.DATABASES["default"]["OWNER"] = None
        for connection in connections.all():
            options: dict[str, Any] = connection.settings_dict
            options["OWNER"] = None
        return serve(when_ready=when_ready)

    return work
