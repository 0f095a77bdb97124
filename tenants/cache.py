"""Cache keys carry the site and its content version, so what one gmina publishes makes its own
entries stale in every process and never touches another gmina's."""

from tenants.binding import bound_tenant, current_schema


def site_key(key: str, key_prefix: str, version: int) -> str:
    tenant = bound_tenant()
    content_version = tenant.content_version if tenant else 0
    return f"{key_prefix}:{current_schema()}:{content_version}:{version}:{key}"
