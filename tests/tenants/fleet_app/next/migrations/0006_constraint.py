from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0005_index")]

    operations = [
        migrations.AddConstraint(
            "badge",
            models.CheckConstraint(
                condition=models.Q(colour__in=["red", "green"]), name="badge_colour"
            ),
        ),
        migrations.AddConstraint(
            "badge", models.UniqueConstraint(fields=["club", "colour"], name="badge_once")
        ),
    ]
