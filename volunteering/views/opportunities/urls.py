from django.urls import path

from volunteering.views.opportunities import public, taking

_ONE = "wolontariat/oferta/<slug:slug>/"
_SHIFT = "wolontariat/dyzur/<uuid:pk>/"

urlpatterns = [
    path("wolontariat/oferty/", public.opportunities, name="opportunities"),
    path(_ONE, public.opportunity, name="opportunity"),
    path(f"{_ONE}zglos/", taking.apply, name="apply"),
    path(f"{_ONE}zglos/cofnij/", taking.withdraw, name="application_withdraw"),
    path(f"{_ONE}zglos/dane/", taking.contact, name="application_contact"),
    path(_SHIFT, taking.shift, name="shift"),
    path(f"{_SHIFT}oddaj/", taking.give_back, name="give_shift_back"),
    path(f"{_SHIFT}oddany/", taking.given_back, name="given_back"),
    path(f"{_SHIFT}dyzur.ics", public.ics, name="shift_ics"),
]
