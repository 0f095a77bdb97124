"""The template: a schema migrated by Django, from which sites are copied.

It holds what every new site starts with (content types, permissions, locales, groups) and no
users, sessions or secrets. Its dump is taken once per state and kept in the registry.
"""

import hashlib
import re
import subprocess
from collections.abc import Callable, Iterable

from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from tenants import devdb
from tenants.binding import bind_public
from tenants.models import TemplateDump
from tenants.roles import as_owner

TEMPLATE_SCHEMA = "gromada_template"

# Procrastinate's, in ``public``: whoever serves requests also defers and does jobs.
JOB_TABLES = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)

Progress = Callable[..., None]


class TemplateError(Exception):
    """The template cannot be dumped; the message is pg_dump's."""


def app_role() -> str:
    """Name of the role that serves requests."""
    return str(settings.DATABASES["default"]["USER"])


def migrate_registry(progress: Progress | None = None) -> None:
    """Bring the tables of ``public`` up to date; a no-op when they are."""
    with as_owner(), bind_public():
        _migrate(labels(settings.SHARED_APPS), progress)
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "GRANT USAGE ON SCHEMA public TO {app};"
                    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {app};"
                    "GRANT UPDATE (content_version) ON tenants_tenant TO {app};"
                    "GRANT INSERT, UPDATE, DELETE ON tenants_listedservice TO {app};"
                    "GRANT INSERT, UPDATE, DELETE ON tenants_listedsession TO {app};"
                    "GRANT INSERT, UPDATE, DELETE ON tenants_monthfigure TO {app};"
                    "GRANT INSERT, UPDATE, DELETE ON {jobs} TO {app};"
                    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}"
                ).format(
                    app=sql.Identifier(app_role()),
                    jobs=sql.SQL(", ").join(map(sql.Identifier, JOB_TABLES)),
                )
            )


def replay_sql(schema_name: str) -> str:
    """The statements that make a copy of the template under another name."""
    return _dump().replace(TEMPLATE_SCHEMA, schema_name)


def create_template() -> None:
    with bind_public(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [TEMPLATE_SCHEMA])
        if cursor.fetchone():
            return
        names = {"schema": sql.Identifier(TEMPLATE_SCHEMA), "app": sql.Identifier(app_role())}
        cursor.execute(
            sql.SQL(
                "CREATE SCHEMA {schema};"
                "GRANT USAGE ON SCHEMA {schema} TO {app};"
                "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} "
                "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};"
                "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} "
                "GRANT USAGE, SELECT ON SEQUENCES TO {app}"
            ).format(**names)
        )


def labels(app_names: Iterable[str]) -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in app_names}


def _migrate(labels: set[str], progress: Progress | None) -> None:
    executor = MigrationExecutor(connection, progress)
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] in labels]
    plan = executor.migration_plan(targets)
    if not plan:
        return
    # As Django's own migrate command does.
    before = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]  # noqa: SLF001
    emit_pre_migrate_signal(0, False, "default", apps=before.apps, plan=plan)
    after = executor.migrate(targets, plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, "default", apps=after.apps, plan=plan)


def _dump() -> str:
    state = _state()
    kept = TemplateDump.objects.filter(state=state).first()
    if kept is None:
        kept, _made = TemplateDump.objects.update_or_create(
            pk=1, defaults={"state": state, "statements": _pg_dump()}
        )
    return kept.statements


def _state() -> str:
    """Changes whenever a migration is applied to the template."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT string_agg(app || '.' || name || applied, ' ' ORDER BY id)"
                " FROM {}.django_migrations"
            ).format(sql.Identifier(TEMPLATE_SCHEMA))
        )
        return hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()


def _pg_dump() -> str:
    owner = settings.DATABASES["default"]["OWNER"]
    server = {"--host": owner["HOST"], "--port": owner["PORT"], "--username": owner["USER"]}
    done = subprocess.run(
        [
            str(devdb.binaries() / "pg_dump"), "--inserts", "--rows-per-insert=500", "--no-owner",
            f"--schema={TEMPLATE_SCHEMA}", f"--dbname={owner['NAME']}", "--no-password",
            *(f"{option}={value}" for option, value in server.items() if value),
        ],
        env={"PGPASSWORD": owner["PASSWORD"], "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise TemplateError(done.stderr.strip().splitlines()[-1])
    return _without_session_settings(done.stdout)


def _without_session_settings(dump: str) -> str:
    r"""From ``CREATE SCHEMA`` on: the preamble would change our session, psql's ``\unrestrict`` at
    the end is no SQL."""
    _preamble, create, statements = dump.partition("CREATE SCHEMA ")
    return create + re.sub(r"^\\(un)?restrict .*$", "", statements, flags=re.MULTILINE)
