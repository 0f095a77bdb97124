from django.urls import URLPattern, path

from volunteering.views.joining import home, join

urlpatterns: list[URLPattern] = [
    path("wolontariat/", home.home, name="home"),
    path("wolontariat/dolacz/", join.join, name="join"),
    path("wolontariat/dolacz/sprawdz/", join.check, name="join_check"),
    path("wolontariat/dolacz/gotowe/", join.done, name="join_done"),
    path("wolontariat/dolacz/<slug:slug>/", join.question, name="join_question"),
]
