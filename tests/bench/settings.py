"""The settings of the tests without their checks of every statement."""

from portal.settings.test import *
from portal.settings.test import DATABASES

DATABASES["default"]["OPTIONS"].pop("assert_search_path")
