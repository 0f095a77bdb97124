"""Primary keys of our own models: UUID version 7 (RFC 9562), ordered by time of creation."""

from uuid import UUID

import uuid_utils.compat
from django.db import models


def uuid7() -> UUID:
    return uuid_utils.compat.uuid7()


class UuidModel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
