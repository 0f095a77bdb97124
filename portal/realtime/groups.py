"""Names on the channel layer. Nothing else in the project makes one."""

from tenants.binding import current_tenant


def site_group() -> str:
    """Where everything is said that somebody of the bound site may be told at once.

    One for a site, not one for a person: a process with a thousand sockets hears a message to two
    hundred people once, and knows which of its sockets are theirs.
    """
    return f"live.{current_tenant().schema_name}"
