import django.db.models.functions.datetime
from django.db import migrations, models

import tenants.keys


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_extensions")]

    operations = [
        migrations.CreateModel(
            name="MigrationRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tenants.keys.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("app", models.CharField(max_length=255)),
                ("name", models.CharField(max_length=255)),
                ("statements", models.JSONField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("app", "name"), name="migration_record_once")
                ],
            },
        ),
    ]
