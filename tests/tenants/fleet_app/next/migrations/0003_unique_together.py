from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0002_add_model_and_field")]

    operations = [migrations.AlterUniqueTogether("club", {("name", "town")})]
