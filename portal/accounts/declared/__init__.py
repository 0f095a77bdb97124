"""What this app keeps about people, part by part."""

from portal.accounts.declared import consents, invitations, logins, organisations, person, trail
from portal.accounts.privacy import declare


def declare_all() -> None:
    for part in (person, logins, organisations, invitations, consents, trail):
        declare(part.DECLARATION)
