from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0001_initial")]

    operations = [
        migrations.AddField("Club", "label", models.CharField(max_length=60, default="new"))
    ]
