from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0009_rename_model")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE fleet_app_club ADD COLUMN motto varchar(90) NOT NULL"
                    " DEFAULT 'Sto procent (100%)' -- a remark",
                    migrations.RunSQL.noop,
                )
            ],
            state_operations=[
                migrations.AddField("club", "motto", models.CharField(max_length=90))
            ],
        ),
        migrations.RunSQL([("UPDATE fleet_app_club SET motto = %s", ["100% ours"])]),
    ]
