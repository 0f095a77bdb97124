from django.urls import path

from portal.panel.events.views import (
    activities,
    calendar,
    dates,
    moving,
    review,
    series,
    talking,
    texts,
)

app_name = "events"

urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("miesiac/<int:year>-<int:month>/", calendar.month, name="month"),
    path("dodaj/", activities.begin, name="begin"),
    # Activities
    path("zajecia/", activities.activities, name="activities"),
    path("zajecia/<uuid:pk>/", activities.activity, name="activity"),
    path("zajecia/<uuid:pk>/zasady/", activities.rules, name="rules"),
    path("zajecia/<uuid:pk>/opublikuj/", activities.publish, name="publish"),
    path("zajecia/<uuid:pk>/zdejmij/", activities.withdraw, name="withdraw"),
    path("zajecia/<uuid:pk>/usun/", activities.remove, name="remove"),
    path("zajecia/<uuid:pk>/odwolaj/", activities.cancel_all, name="cancel_all"),
    path("zajecia/<uuid:pk>/miejsca/", dates.course_places, name="course_places"),
    path("zajecia/<uuid:pk>/rozmowa/", talking.talk, name="talk"),
    # What organisations propose
    path("zajecia/<uuid:pk>/zatwierdz/", review.approve, name="approve"),
    path("zajecia/<uuid:pk>/pytania/", review.ask, name="ask"),
    path("zajecia/<uuid:pk>/odrzuc/", review.reject, name="reject"),
    # Words
    path("zajecia/<uuid:pk>/tekst/<slug:language>/", texts.text, name="text"),
    path("zajecia/<uuid:pk>/tekst/<slug:language>/opublikuj/", texts.publish, name="publish_text"),
    path("zajecia/<uuid:pk>/tekst/<slug:language>/zdjecie/", texts.picture, name="picture"),
    path(
        "zajecia/<uuid:pk>/tekst/<slug:language>/zdjecie/usun/",
        texts.remove_picture, name="remove_picture",
    ),
    path("zajecia/<uuid:pk>/podglad/<slug:language>/", texts.preview, name="preview"),
    # Dates
    path("zajecia/<uuid:pk>/termin/", dates.add, name="session_add"),
    path("zajecia/<uuid:pk>/seria/", series.begin, name="series"),
    path("zajecia/<uuid:pk>/seria/sprawdz/", series.check, name="series_check"),
    path("zajecia/<uuid:pk>/seria/popraw/", series.change, name="series_change"),
    path("zajecia/<uuid:pk>/seria/utworz/", series.make, name="series_make"),
    path("data/<uuid:pk>/", dates.session, name="session"),
    path("data/<uuid:pk>/popraw/", dates.change, name="session_change"),
    path("data/<uuid:pk>/miejsca/", dates.places, name="places"),
    path("data/<uuid:pk>/przenies/", moving.move, name="move"),
    path("data/<uuid:pk>/przenies/sprawdz/", moving.check, name="move_check"),
    path("data/<uuid:pk>/przenies/popraw/", moving.change, name="move_change"),
    path("data/<uuid:pk>/przenies/zrob/", moving.make, name="move_make"),
    path("data/<uuid:pk>/pomin/", dates.skip, name="skip"),
    path("data/<uuid:pk>/odwolaj/", dates.cancel, name="cancel"),
    path("data/<uuid:pk>/usun/", dates.remove, name="session_remove"),
]  # fmt: skip
