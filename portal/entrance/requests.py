from django.http import HttpRequest

from portal.accounts.models import User


class OwnRequest(HttpRequest):
    """Of somebody who is logged in: what comes through ``portal.entrance.doors.logged_in``."""

    user: User
