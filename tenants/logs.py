import logging

from tenants.binding import current_schema


class SiteFilter(logging.Filter):
    """Adds ``schema`` to every record: which site the line is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.schema = current_schema()
        return True
