from django.urls import path

from events.views.public import activity, agenda, month

urlpatterns = [
    path("wydarzenia/", agenda.agenda, name="agenda"),
    path("wydarzenia/miesiac/<int:year>-<int:month>/", month.month, name="month"),
    # Last: every first word above is one that no activity may have.
    path("wydarzenia/<slug:slug>/", activity.activity, name="activity"),
]
