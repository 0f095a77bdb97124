from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0004_label_from_name")]

    operations = [
        migrations.AddIndex("club", models.Index(fields=["town"], name="club_town")),
        # How PostgreSQL prints this condition depends on whether pg_dump has been through it.
        migrations.AddIndex(
            "club",
            models.Index(
                fields=["label"],
                name="club_label_known",
                condition=models.Q(town__in=["Śrem", "Kęty (nowe)"]),
            ),
        ),
    ]
