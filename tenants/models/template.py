from django.db import models


class TemplateDump(models.Model):
    """The SQL that makes a copy of the template schema, for one state of its migrations."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    state = models.CharField(max_length=64)
    statements = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="template_dump_only_one"),
        )

    def __str__(self) -> str:
        return self.state
