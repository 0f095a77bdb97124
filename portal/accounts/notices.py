"""Versions of the privacy notice, as people saw it."""

from django.db import connection, transaction

from portal.accounts.models import PrivacyNotice

# Language code → {"title": …, "text": …}
NoticeTexts = dict[str, dict[str, str]]


def current_notice() -> PrivacyNotice | None:
    """The version in force; None before the site's first one is published."""
    return PrivacyNotice.objects.order_by("-number").first()


@transaction.atomic
def store_notice(texts: NoticeTexts) -> PrivacyNotice:
    """Keep the notice as a new version, unless it reads as the one in force."""
    with connection.cursor() as cursor:
        # Rows that are there are never changed, so readers are let through and writers queue.
        cursor.execute(
            f"LOCK TABLE {connection.ops.quote_name(PrivacyNotice._meta.db_table)}"
            " IN SHARE ROW EXCLUSIVE MODE"
        )
    latest = current_notice()
    if latest is not None and latest.texts == texts:
        return latest
    return PrivacyNotice.objects.create(number=latest.number + 1 if latest else 1, texts=texts)
