"""Volunteers, what the law asks of them, and the hours they give."""

from django.urls import path

from portal.panel.volunteers.views import answers, districts, gates, hours, profile, volunteers

app_name = "volunteers"

urlpatterns = [
    path("", volunteers.volunteers, name="list"),
    path("plik.csv", volunteers.csv, name="csv"),
    path("plik.xlsx", volunteers.xlsx, name="xlsx"),
    path("dodaj/", answers.choose, name="add"),
    path("dodaj/<uuid:person>/", answers.add, name="add_person"),
    # Parts of the gmina
    path("okolice/", districts.districts, name="districts"),
    path("okolice/dodaj/", districts.add, name="district_add"),
    path("okolice/<uuid:pk>/", districts.change, name="district"),
    path("okolice/<uuid:pk>/usun/", districts.remove, name="district_remove"),
    # Hours
    path("godziny/", hours.hours, name="hours"),
    path("godziny/plik.csv", hours.csv, name="hours_csv"),
    path("godziny/plik.xlsx", hours.xlsx, name="hours_xlsx"),
    path("godziny/<uuid:pk>/potwierdz/", hours.confirm, name="hours_confirm"),
    path("godziny/<uuid:pk>/wyjasnij/", hours.dispute, name="hours_dispute"),
    path("<uuid:pk>/godziny/potwierdz/", hours.confirm_all, name="hours_confirm_all"),
    # One volunteer
    path("<uuid:pk>/", profile.profile, name="profile"),
    path("<uuid:pk>/popraw/", answers.change, name="answers"),
    path("<uuid:pk>/przyjmij/", profile.admit, name="admit"),
    path("<uuid:pk>/przerwa/", profile.pause, name="pause"),
    path("<uuid:pk>/przerwa/koniec/", profile.resume, name="resume"),
    path("<uuid:pk>/zakoncz/", profile.leave, name="leave"),
    # What the law asks
    path("<uuid:pk>/porozumienie/", gates.agreement, name="agreement"),
    path("porozumienie/<uuid:pk>/zakoncz/", gates.end, name="agreement_end"),
    path("<uuid:pk>/ubezpieczenie/", gates.cover, name="cover"),
    path("ubezpieczenie/<uuid:pk>/", gates.change_cover, name="cover_change"),
    path("<uuid:pk>/weryfikacja/", gates.check, name="check"),
    path("<uuid:pk>/weryfikacja/popros/", gates.request_check, name="check_request"),
    path("<uuid:pk>/weryfikacja/odmow/", gates.refuse_check, name="check_refuse"),
    path("<uuid:pk>/opiekun/", gates.choose_guardian, name="guardian"),
    path("<uuid:pk>/opiekun/<uuid:guardian>/", gates.guardian_consent, name="guardian_consent"),
    path("zgoda-opiekuna/<uuid:pk>/", gates.change_consent, name="guardian_consent_change"),
]
