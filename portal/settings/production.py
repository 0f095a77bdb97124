"""Production: everything secret or local comes from the environment."""

import os

from portal.settings import env
from portal.settings.base import *

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DIRECTORY_HOSTS = env.words("DIRECTORY_HOSTS")
MEDIA_ROOT = env.folder("MEDIA_ROOT", PROJECT / "media")
STATIC_ROOT = env.folder("STATIC_ROOT", PROJECT / "staticfiles")
DATABASES = {
    "default": database(
        env.database_url("DATABASE_URL"),
        env.database_url("OWNER_DATABASE_URL") if "OWNER_DATABASE_URL" in os.environ else None,
    )
}

MAIL_TRANSPORT = "smtp"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
SMS_BACKEND = "smsapi" if SMSAPI_TOKEN else "off"

# Behind a proxy that terminates TLS and sets X-Forwarded-Proto and X-Forwarded-For itself.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
