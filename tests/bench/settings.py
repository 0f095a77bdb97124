"""The settings of the tests without their checks of every statement."""

from portal.settings.test import *
from portal.settings.test import DATABASES

DATABASES["default"]["OPTIONS"].pop("assert_search_path")

# As behind the proxy of a deployment: many people from one machine have addresses of their own.
TRUSTED_PROXIES = 1
