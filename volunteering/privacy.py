"""What this app keeps about people, and for how long."""

from portal.accounts.privacy import declare
from volunteering.declared import gates, help, profiles, safety  # noqa: A004 (named for what it is)


def declare_all() -> None:
    """Erased in the opposite order: tasks and reports go before the profiles they are of."""
    declarations = (
        profiles.DECLARATION, gates.DECLARATION, help.HELP, help.TASKS, safety.DECLARATION,
    )  # fmt: skip
    for declaration in declarations:
        declare(declaration)
