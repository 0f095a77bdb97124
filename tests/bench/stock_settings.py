"""Stock django-tenants with the same apps in the same schemas, as the owner of the database."""

from portal.settings import env
from tests.bench.settings import *

DATABASES = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        **env.database_url("STOCK_DATABASE_URL"),
    }
}
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
