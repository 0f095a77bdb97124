from typing import Any

from wagtail.search.backends.database.postgres.postgres import PostgresSearchBackend


class SearchBackend(PostgresSearchBackend):
    """Wagtail's, with our text search configuration for „as you type” too: it completes
    ``szyd`` to ``Szydłowo`` and ``łod`` to ``Łódź`` alike. Wagtail fixes ``simple`` there."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.autocomplete_config = self.config
