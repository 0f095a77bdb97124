from django.urls import URLPattern, path

from volunteering.views.asking import check, home, manage, steps

_ASK = "pomoc-sasiedzka/popros"
_REQUEST = "pomoc-sasiedzka/prosba/<str:code>/<str:token>"

urlpatterns: list[URLPattern] = [
    path("pomoc-sasiedzka/", home.help_page, name="help"),
    path(f"{_ASK}/", steps.start, name="ask"),
    path(f"{_ASK}/sprawdz/", check.check, name="ask_check"),
    path(f"{_ASK}/gotowe/", check.asked, name="asked"),
    path(f"{_ASK}/<slug:step>/", steps.step, name="ask_step"),
    # Behind the link.
    path(f"{_REQUEST}/", manage.manage, name="request"),
    path(f"{_REQUEST}/odwolaj/", manage.cancel, name="request_cancel"),
    path(f"{_REQUEST}/kontakt/<uuid:pk>/", manage.share, name="request_share"),
    path(f"{_REQUEST}/kontakt/<uuid:pk>/ukryj/", manage.hide, name="request_hide"),
    path(f"{_REQUEST}/napisz/<uuid:pk>/", manage.write, name="request_write"),
    path(f"{_REQUEST}/zrobione/<uuid:pk>/", manage.done, name="request_done"),
    path(f"{_REQUEST}/nikt/<uuid:pk>/", manage.nobody_came, name="request_nobody"),
]
