"""The tests: a cluster of their own, every statement's search_path checked."""

import os
import tempfile

from portal.settings import env
from portal.settings.base import *
from tenants.devdb import cluster_urls

DEBUG = False
SECRET_KEY = "test-only-" + "0" * 40
# One cluster per run; the workers of a parallel run inherit the name.
os.environ.setdefault("GROMADA_TEST_DATA", f"{tempfile.gettempdir()}/gromada-test-{os.getpid()}")
DATA_FOLDER = env.folder("GROMADA_TEST_DATA", PROJECT)
DIRECTORY_HOSTS = ["localhost", "127.0.0.1", "gromada.test"]
MEDIA_ROOT = DATA_FOLDER / "media"
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_urls = cluster_urls(DATA_FOLDER)
DATABASES = {
    "default": database(
        env.database_url("TEST_DATABASE_URL", _urls.app),
        env.database_url("TEST_OWNER_DATABASE_URL", _urls.owner),
    )
}
DATABASES["default"]["OPTIONS"]["assert_search_path"] = True

# An app whose migrations tests/tenants/test_fleet.py brings to many sites.
TENANT_APPS.append("tests.tenants.fleet_app")
INSTALLED_APPS.append("tests.tenants.fleet_app")

# Every test client starts the middleware afresh; this one would list all static files each time.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
