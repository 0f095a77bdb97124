from django.urls import URLPattern, path

from portal.panel.help.views import (
    deciding,
    figures,
    helping,
    inviting,
    matching,
    phone,
    requests,
)

app_name = "help"

urlpatterns: list[URLPattern] = [
    path("", requests.requests, name="requests"),
    path("plik.csv", requests.csv, name="csv"),
    path("plik.xlsx", requests.xlsx, name="xlsx"),
    # All requests at once
    path("dobierz/", matching.match, name="match"),
    path("dobierz/licz/", matching.run, name="run"),
    path("dobierz/<uuid:pk>/", matching.run_result, name="run_result"),
    path("dobierz/<uuid:pk>/potwierdz/", matching.confirm_all, name="confirm_all"),
    path("propozycje/<uuid:pk>/potwierdz/", matching.confirm, name="proposal_confirm"),
    path("propozycje/<uuid:pk>/odrzuc/", matching.reject, name="proposal_reject"),
    # In numbers
    path("liczby/", figures.help_figures, name="figures"),
    path("liczby/plik.csv", figures.csv, name="figures_csv"),
    path("liczby/plik.xlsx", figures.xlsx, name="figures_xlsx"),
    # Whoever calls
    path("telefon/", phone.phone, name="phone"),
    path("telefon/szukaj/", phone.find, name="phone_find"),
    path("telefon/osoba/<uuid:person>/", phone.choose, name="phone_person"),
    path("telefon/<uuid:pk>/gotowe/", phone.done, name="phone_done"),
    path("telefon/<uuid:pk>/kartka.pdf", phone.slip, name="phone_slip"),
    # Answers by telephone, and what becomes of a task
    path("zaproszenie/<uuid:pk>/tak/", inviting.accepted, name="invitation_accepted"),
    path("zaproszenie/<uuid:pk>/nie/", inviting.declined, name="invitation_declined"),
    path("zadanie/<uuid:pk>/zgoda/<slug:side>/", helping.contact, name="task_contact"),
    path("zadanie/<uuid:pk>/zrobione/", helping.done, name="task_done"),
    path("zadanie/<uuid:pk>/nie-bylo/", helping.not_come, name="task_no_show"),
    path("zadanie/<uuid:pk>/oddaj/", helping.give_back, name="task_give_back"),
    # One request
    path("<uuid:pk>/", requests.request_page, name="request"),
    path("<uuid:pk>/ustal/", deciding.triage, name="triage"),
    path("<uuid:pk>/szukaj/", deciding.search, name="search"),
    path("<uuid:pk>/fala/", deciding.wave, name="wave"),
    path("<uuid:pk>/przejmij/", deciding.escalate, name="escalate"),
    path("<uuid:pk>/zamknij/", deciding.close, name="close"),
    path("<uuid:pk>/odwolaj/", deciding.cancel, name="cancel"),
    path("<uuid:pk>/zapros/<uuid:profile>/", inviting.invite, name="invite"),
    path("<uuid:pk>/dlaczego-nie/", inviting.why_not, name="why_not"),
    path("<uuid:pk>/nie-wybrano/", matching.not_chosen, name="not_chosen"),
]
