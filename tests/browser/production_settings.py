"""Production's, for ``GROMADA_BROWSER_THROUGH=nginx``."""

from portal.settings.production import *

SESSION_COOKIE_NAME = "sessionid"
# By which the passwords of the cast are kept.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
