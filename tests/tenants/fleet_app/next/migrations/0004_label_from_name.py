from django.db import migrations


def label_clubs(apps, schema_editor):
    for club in apps.get_model("fleet_app", "Club").objects.all():
        club.label = club.name.upper()
        club.save(update_fields=["label"])


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0003_unique_together")]

    operations = [migrations.RunPython(label_clubs, migrations.RunPython.noop)]
