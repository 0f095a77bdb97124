from django.conf import settings
from django.db import migrations

app_role = settings.DATABASES["default"]["USER"]


class Migration(migrations.Migration):
    """The role that serves requests may add entries and read them, and nothing else."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f'REVOKE UPDATE, DELETE ON audit_auditentry FROM "{app_role}"',
            f'GRANT UPDATE, DELETE ON audit_auditentry TO "{app_role}"',
        )
    ]
