from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0001_initial")]

    operations = [
        migrations.AddField("Club", "label", models.CharField(max_length=60, default="50% new")),
        migrations.CreateModel(
            name="Badge",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("club", models.ForeignKey("fleet_app.Club", deletion.CASCADE)),
                ("colour", models.CharField(max_length=10)),
            ],
        ),
    ]
