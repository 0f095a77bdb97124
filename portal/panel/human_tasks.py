"""Calls to make and letters to post: which are due, and which have waited too long."""

from datetime import timedelta

from django.utils import timezone

from portal.notifications.models import Delivery, DeliveryQuerySet

LATE_AFTER = timedelta(days=2)


def human_tasks() -> DeliveryQuerySet:
    """Urgent ones first, then the oldest."""
    return (
        Delivery.objects.waiting()
        .for_a_human()
        .select_related("message", "person")
        .order_by("-is_urgent", "created_at", "id")
    )


def is_late(task: Delivery) -> bool:
    now = timezone.now()
    expires = task.message.expires_at
    return now - task.created_at > LATE_AFTER or (expires is not None and expires < now)
