from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0007_index_concurrently")]

    operations = [
        migrations.AlterField("club", "name", models.CharField(max_length=80, db_index=True)),
        migrations.AlterField("club", "founded", models.BigIntegerField(default=1900)),
        migrations.AlterUniqueTogether("club", set()),
    ]
