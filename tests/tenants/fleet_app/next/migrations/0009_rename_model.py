from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0008_alter_fields")]

    operations = [migrations.RenameModel("Badge", "Medal")]
