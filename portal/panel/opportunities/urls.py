"""Opportunities for volunteers and their shifts, the office's own and those of organisations."""

from django.urls import path

from portal.panel.opportunities.views import opportunities, people, shifts

app_name = "opportunities"

urlpatterns = [
    path("", opportunities.opportunities, name="list"),
    path("dodaj/", opportunities.begin, name="begin"),
    path("<uuid:pk>/", opportunities.opportunity, name="opportunity"),
    path("<uuid:pk>/popraw/", opportunities.change, name="change"),
    path("<uuid:pk>/opublikuj/", opportunities.publish, name="publish"),
    path("<uuid:pk>/odeslij/", opportunities.send_back, name="send_back"),
    path("<uuid:pk>/zamknij/", opportunities.close, name="close"),
    path("<uuid:pk>/zgloszenia/", people.applicants, name="applicants"),
    path("zgloszenie/<uuid:pk>/przyjmij/", people.accept, name="accept"),
    path("zgloszenie/<uuid:pk>/odmow/", people.decline, name="decline"),
    path("<uuid:pk>/dyzur/", shifts.add, name="shift_add"),
    path("dyzur/<uuid:pk>/", shifts.shift, name="shift"),
    path("dyzur/<uuid:pk>/lista/", shifts.sheet, name="sheet"),
    path("dyzur/<uuid:pk>/miejsca/", shifts.places, name="shift_places"),
    path("dyzur/<uuid:pk>/odwolaj/", shifts.cancel, name="shift_cancel"),
    path("dyzur/<uuid:pk>/rozmowa/", shifts.talk, name="shift_talk"),
    path("dyzur/<uuid:pk>/wpisz/", shifts.choose, name="choose"),
    path("dyzur/<uuid:pk>/wpisz/<uuid:profile>/", shifts.put, name="put"),
    path("obecnosc/<uuid:pk>/oddaj/", shifts.give_back, name="give_back"),
    path("obecnosc/<uuid:pk>/jest/", shifts.came, name="came"),
    path("obecnosc/<uuid:pk>/nie-ma/", shifts.did_not_come, name="did_not_come"),
]
