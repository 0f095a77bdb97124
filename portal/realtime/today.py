from django.db import connection, transaction

from portal.realtime.publish import tell_office


def today_changed() -> None:
    """What waits for the office may be other than before: open Today pages look again, once for a
    transaction, however much of it says so."""
    promised = [getattr(hook[1], "__wrapped__", hook[1]) for hook in connection.run_on_commit]
    if _tell not in promised:
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    tell_office("today")
