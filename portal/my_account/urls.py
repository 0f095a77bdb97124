from django.urls import path

from portal.my_account.views import (
    archive,
    consents,
    data,
    home,
    leaving,
    messages,
    organisations,
    security,
    transparency,
)  # fmt: skip

app_name = "my_account"

urlpatterns = [
    path("", home.home, name="home"),
    path("dane/", data.my_data, name="data"),
    path("dane/<slug:part>/", data.change, name="change_data"),
    path("wiadomosci/", messages.inbox, name="messages"),
    path("wiadomosci/przeczytane/", messages.mark_all_read, name="mark_all_read"),
    path("wiadomosci/ustawienia/", messages.choices, name="message_choices"),
    path("wiadomosci/<uuid:pk>/", messages.message, name="message"),
    path("wiadomosci/<uuid:pk>/przeczytana/", messages.mark_read, name="mark_read"),
    path("wiadomosci/<uuid:pk>/pliki/<uuid:file>/", messages.attachment, name="attachment"),
    path("zgody/", consents.consents, name="consents"),
    path("zgody/<slug:purpose>/daj/", consents.give, name="give_consent"),
    path("zgody/<uuid:pk>/wycofaj/", consents.withdraw, name="withdraw_consent"),
    path("przechowywanie/", transparency.kept, name="kept"),
    path("kto-zagladal/", transparency.looked, name="looked"),
    path("pobierz/", archive.download, name="download"),
    path("pobierz/plik/", archive.archive, name="archive"),
    path("usun/", leaving.what_happens, name="leave"),
    path("usun/potwierdz/", leaving.confirm, name="confirm_leaving"),
    path("usuniete/", leaving.left, name="left"),
    path("bezpieczenstwo/", security.security, name="security"),
    path("bezpieczenstwo/wyloguj-inne/", security.end_others, name="end_other_sessions"),
    path("organizacje/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organizacje/<uuid:pk>/zmien/", organisations.change, name="change_organisation"),
    path("organizacje/<uuid:pk>/zapros/", organisations.invite_member, name="invite_member"),
    path(
        "organizacje/<uuid:pk>/zaproszenia/<uuid:invitation>/cofnij/",
        organisations.revoke, name="revoke_invitation",
    ),
    path(
        "organizacje/<uuid:pk>/osoby/<uuid:member>/usun/",
        organisations.remove, name="remove_member",
    ),
]  # fmt: skip
