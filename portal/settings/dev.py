"""A developer's machine: the embedded PostgreSQL of ``manage.py demo`` unless a URL is given."""

import os

from portal.settings import env
from portal.settings.base import *
from tenants.devdb import cluster_urls

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = "development-only-" + "0" * 40
DATA_FOLDER = env.folder("GROMADA_DATA", PROJECT / ".gromada")
DIRECTORY_HOSTS = ["localhost", "127.0.0.1"]
MEDIA_ROOT = DATA_FOLDER / "media"
DEMO = env.flag("DEMO", default=False)
if DEMO:
    # What the environment says does not count: nothing leaves the demo.
    MAIL_TRANSPORT = SMS_BACKEND = "files"
    DEFAULT_FROM_EMAIL = "demo@gromada.example"

_urls = cluster_urls(DATA_FOLDER)
DATABASES = {
    "default": database(
        env.database_url("DATABASE_URL", _urls.app),
        env.database_url("OWNER_DATABASE_URL", _urls.owner)
        if "OWNER_DATABASE_URL" in os.environ or "DATABASE_URL" not in os.environ
        else None,
    )
}

# Served from the source folders; production collects them once under hashed names.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
