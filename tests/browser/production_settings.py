"""Production's, for ``GROMADA_BROWSER_THROUGH=nginx``."""

from portal.settings.production import *

SESSION_COOKIE_NAME = "sessionid"
