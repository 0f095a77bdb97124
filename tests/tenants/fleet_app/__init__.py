"""An app with a migration of every kind, to be brought to a fleet of sites.

Sites start with ``migrations``; ``settings.MIGRATION_MODULES`` switches to ``next.migrations``.
"""
