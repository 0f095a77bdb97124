"""What one login may ask for, and how often."""

from datetime import timedelta

from portal.accounts.limits import Limit

DOWNLOADS = Limit("download", 5, timedelta(hours=1))
# A coordinator writes to people who are not ours: more in a day is not a club that grows.
INVITATIONS = Limit("member invitations", 20, timedelta(days=1))
