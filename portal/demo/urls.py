from django.urls import path

from portal.demo import views

urlpatterns = [
    path("", views.who, name="demo_who"),
    path("wejdz/<slug:key>/", views.enter, name="demo_enter"),
    path("wyjdz/", views.leave, name="demo_leave"),
]
