from django.urls import path

from events.views.organisations import dates, proposals

_ALL = "organizacje/<uuid:pk>/wydarzenia/"
_ONE = f"{_ALL}<uuid:activity>/"

urlpatterns = [
    path(_ALL, proposals.activities, name="organisation_activities"),
    path(f"{_ALL}dodaj/", proposals.propose, name="organisation_propose"),
    path(_ONE, proposals.activity, name="organisation_activity"),
    path(f"{_ONE}zmien/", proposals.change, name="organisation_change"),
    path(f"{_ONE}podglad/", proposals.preview, name="organisation_preview"),
    path(f"{_ONE}wyslij/", proposals.submit, name="organisation_submit"),
    path(f"{_ONE}wycofaj/", proposals.take_back, name="organisation_take_back"),
    path(f"{_ONE}usun/", proposals.remove, name="organisation_remove"),
    path(f"{_ONE}terminy/dodaj/", dates.add, name="organisation_date_add"),
    path(f"{_ONE}terminy/<uuid:session>/usun/", dates.remove, name="organisation_date_remove"),
    path(
        f"{_ONE}terminy/<uuid:session>/uczestnicy/",
        dates.participants, name="organisation_participants",
    ),
]  # fmt: skip
