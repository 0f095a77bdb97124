"""The sockets, and pages for whoever serves everything by one process.

Behind the shipped proxy pages come from ``portal.wsgi``, which is more than twice as fast at them.
Who serves pages here sets ``CONN_MAX_AGE = 0``: each request has a thread of its own, whose
connection nobody would use again.
"""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
pages = get_asgi_application()

from portal.sockets.application import sockets  # noqa: E402 (it needs the apps)

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
