from django.urls import path

from volunteering.views.organisations import opportunities, shifts

_ALL = "organizacje/<uuid:pk>/wolontariat/"
_ONE = f"{_ALL}<uuid:opportunity>/"
_SHIFT = f"{_ONE}dyzury/<uuid:shift>/"

urlpatterns = [
    path(_ALL, opportunities.opportunities, name="organisation_opportunities"),
    path(f"{_ALL}dodaj/", opportunities.propose, name="organisation_opportunity_propose"),
    path(_ONE, opportunities.opportunity, name="organisation_opportunity"),
    path(f"{_ONE}zmien/", opportunities.change, name="organisation_opportunity_change"),
    path(f"{_ONE}wyslij/", opportunities.submit, name="organisation_opportunity_submit"),
    path(f"{_ONE}wycofaj/", opportunities.take_back, name="organisation_opportunity_take_back"),
    path(f"{_ONE}zgloszenia/", opportunities.applicants, name="organisation_applicants"),
    path(
        f"{_ONE}zgloszenia/<uuid:application>/przyjmij/",
        opportunities.accept, name="organisation_applicant_accept",
    ),
    path(
        f"{_ONE}zgloszenia/<uuid:application>/odmow/",
        opportunities.decline, name="organisation_applicant_decline",
    ),
    path(f"{_ONE}dyzury/dodaj/", shifts.add, name="organisation_shift_add"),
    path(_SHIFT, shifts.shift, name="organisation_shift"),
    path(f"{_SHIFT}miejsca/", shifts.places, name="organisation_shift_places"),
    path(f"{_SHIFT}odwolaj/", shifts.cancel, name="organisation_shift_cancel"),
    path(f"{_SHIFT}<uuid:task>/jest/", shifts.came, name="organisation_shift_came"),
    path(
        f"{_SHIFT}<uuid:task>/nie-ma/", shifts.did_not_come, name="organisation_shift_missed"
    ),
]  # fmt: skip
