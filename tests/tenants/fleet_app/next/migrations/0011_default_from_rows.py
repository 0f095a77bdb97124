from django.db import connection, migrations, models


def number_of_clubs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fleet_app_club")
        return cursor.fetchone()[0]


class Migration(migrations.Migration):
    dependencies = [("fleet_app", "0010_sql")]

    operations = [
        migrations.AddField("club", "clubs_then", models.IntegerField(default=number_of_clubs))
    ]
