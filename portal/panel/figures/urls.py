from django.urls import path

from portal.panel.figures.views import figures, telling

app_name = "figures"

urlpatterns = [
    path("", figures.figures, name="figures"),
    path("przekaz/", telling.tell_leader, name="tell_leader"),
    path("<slug:figure>.csv", figures.csv, name="csv"),
]
