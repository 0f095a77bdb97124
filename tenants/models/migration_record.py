from django.db import models
from django.db.models.functions import Now

from tenants.keys import UuidModel


class MigrationRecord(UuidModel):
    """What a migration executed in the template, to be replayed in every site.

    Written in the transaction that migrates the template, so that a run which dies before the
    sites are done can be taken up by the next one. ``statements`` is null when a replay could do
    something else than the migration itself: Python code, or SQL made from rows.
    """

    app = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    statements = models.JSONField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["app", "name"], name="migration_record_once"),
        )

    def __str__(self) -> str:
        return f"{self.app}.{self.name}"
