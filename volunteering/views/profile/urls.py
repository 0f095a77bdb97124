from django.urls import URLPattern, path

from volunteering.views.profile import breaks, profile

urlpatterns: list[URLPattern] = [
    path("wolontariat/", profile.profile, name="profile"),
    path("wolontariat/zmien/<slug:slug>/", profile.change, name="change_profile"),
    path("wolontariat/przerwa/", breaks.pause, name="pause"),
    path("wolontariat/wracam/", breaks.resume, name="resume"),
    path("wolontariat/nieobecnosc/", breaks.add_absence, name="add_absence"),
    path("wolontariat/nieobecnosc/<uuid:pk>/usun/", breaks.drop_absence, name="remove_absence"),
    path("wolontariat/odejdz/", breaks.leave, name="leave"),
]
