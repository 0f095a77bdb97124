"""Production's for pages under an ASGI server, where each request has a thread, and so a
connection, of its own."""

from portal.settings.production import *

DATABASES["default"]["CONN_MAX_AGE"] = 0
