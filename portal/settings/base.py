"""Settings common to every environment. What differs is read in dev, test and production."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.settings import env

PROJECT = Path(__file__).resolve().parents[2]

# Apps whose tables live in ``public``: the registry, never people, sessions or Wagtail.
# Procrastinate keeps its jobs there too: their arguments are ids and the name of a site.
SHARED_APPS = ["tenants", "django_tenants", "procrastinate.contrib.django"]

# Apps whose tables live in the schema of each site.
TENANT_APPS = [
    "portal.audit",
    "portal.accounts",
    "portal.notifications",
    "portal.places",
    "portal.messaging",
    "events",
    "volunteering",
    "cms_pages",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "phonenumber_field",
]

INSTALLED_APPS = [
    "portal",
    "portal.panel",
    "portal.entrance",
    *SHARED_APPS,
    *TENANT_APPS,
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "channels",
    "csp",
    "django_htmx",
]

# Tenancy

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_SYNC_ROUTER = "tenants.routers.SchemaRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
PUBLIC_SCHEMA_URLCONF = "portal.urls_public"
ROOT_URLCONF = "portal.urls"
DIRECTORY_HOSTS: list[str] = []
# The Host header is checked against the registry, which knows more than a list can.
ALLOWED_HOSTS = ["*"]
TENANT_STARTER = "cms_pages.starter.plant_starter"


def database(url: dict[str, str], owner: dict[str, str] | None) -> dict[str, Any]:
    """A connection as the ``app`` role; ``owner`` is used by commands that change tables."""
    return {
        "ENGINE": "tenants.backend",
        **url,
        "OWNER": owner,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Of a connection's statements, only those of tenants.statements.prepared() are meant.
        "OPTIONS": {"connect_timeout": 3, "prepare_threshold": 2},
    }


# Models decided before the first migration

AUTH_USER_MODEL = "accounts.User"
WAGTAIL_PAGE_MODEL = "cms_pages.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "cms_pages.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms_pages.SiteDocument"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Requests

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.middleware.SiteMiddleware",
    "portal.middleware.LanguageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.entrance.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
APPEND_SLASH = True
SESSION_ENGINE = "portal.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of the same site
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # see X_FRAME_OPTIONS
    "wagtailadmin.W003",  # one base URL cannot be right for every site; requests know theirs
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
        "manifest-src": ["'self'"],
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "tenants.cache.site_key",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "KEY_FUNCTION": "tenants.cache.site_key",
        "TIMEOUT": 3_600,
        "OPTIONS": {"MAX_ENTRIES": 3_000},
    },
}

# What open pages are told at once: Redis or Valkey where there is one, else PostgreSQL

REDIS_URL = env.text("REDIS_URL", "")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "gromada"},
    }
    if REDIS_URL
    else {"BACKEND": "portal.realtime.postgres_layer.PostgresLayer"}
}

# Languages: Polish without a prefix, the others by URL

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English")), ("uk", _("Ukrainian"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [PROJECT / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"
FORMAT_MODULE_PATH = ["portal.formats"]

# Files

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = PROJECT / "staticfiles"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "tenants.storage.SiteStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a Wagtail page with many blocks

# Accounts

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "portal.entrance.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # allauth's own sign-up is not used: portal.entrance has one
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address becomes a login's by a code or an invitation
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = False  # it counts in the memory of one process: portal.entrance.tries counts
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGIN_TIMEOUT = 900
MFA_ADAPTER = "portal.entrance.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "portal.entrance.mfa_forms.ShowCodeForm",
    "reauthenticate": "portal.entrance.mfa_forms.ShowCodeAgainForm",
    "activate_totp": "portal.entrance.mfa_forms.AddAppForm",
    "add_webauthn": "portal.entrance.mfa_forms.AddPasskeyForm",
    "edit_webauthn": "portal.entrance.mfa_forms.RenamePasskeyForm",
}
# How many proxies of ours append to X-Forwarded-For; without any the header is not read.
TRUSTED_PROXIES = 0
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_account:home"
PHONENUMBER_DEFAULT_REGION = "PL"

# Messages: promised in the caller's transaction, carried by a worker

EMAIL_BACKEND = "portal.notifications.backend.OutboxBackend"
# "smtp", or "files": each mail becomes a file under DATA_FOLDER.
MAIL_TRANSPORT = env.text("MAIL_TRANSPORT", "files")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "gromada@localhost")
# "smsapi", "files", or "off": the site sends none, and staff see who waits for one.
SMS_BACKEND = env.text("SMS_BACKEND", "files")
SMSAPI_URL = env.text("SMSAPI_URL", "https://api.smsapi.pl/")
SMSAPI_TOKEN = env.text("SMSAPI_TOKEN", "")
WAGTAIL_PASSWORD_RESET_ENABLED = False

# Wagtail: calls no third party

WAGTAIL_SITE_NAME = "Gromada"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_BASE_URL = ""  # links in the admin are relative: every site has its own host
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", "Polski"), ("en", "English"), ("uk", "Українська")]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "key", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "cms_pages.search_backend", "SEARCH_CONFIG": "public.gromada"}
}

# Errors go to the process's standard error, for journald or the terminal; no personal data

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "site": {"()": "tenants.logs.SiteFilter"},
        "job": {"()": "tenants.logs.JobFilter"},
    },
    "formatters": {"line": {"format": "{levelname} {schema} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["site"]},
        "jobs": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["job"]},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A missing page is news to nobody but the visitor.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "procrastinate": {"handlers": ["jobs"], "level": "ERROR", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The demo: sample people who can be entered without a password, on loopback only

DEMO = False
