"""The migrations of ``tests.tenants.fleet_app`` with an added field."""
