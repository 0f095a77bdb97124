from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("fleet_app", "0006_constraint")]

    operations = [
        AddIndexConcurrently("club", models.Index(fields=["founded"], name="club_founded"))
    ]
