"""The settings of the tests without their checks of every statement."""

# Redis where REDIS_URL says so, else PostgreSQL, as in a deployment.
from portal.settings.base import CHANNEL_LAYERS as CHANNEL_LAYERS_OF_A_DEPLOYMENT
from portal.settings.test import *
from portal.settings.test import DATABASES

DATABASES["default"]["OPTIONS"].pop("assert_search_path")

# As behind the proxy of a deployment: many people from one machine have addresses of their own.
TRUSTED_PROXIES = 1

CHANNEL_LAYERS = CHANNEL_LAYERS_OF_A_DEPLOYMENT
