from django.db import models


class Club(models.Model):
    name = models.CharField(max_length=50)
    town = models.CharField(max_length=50)
    founded = models.IntegerField(null=True)

    class Meta:
        app_label = "fleet_app"

    def __str__(self) -> str:
        return self.name
