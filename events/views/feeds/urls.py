from django.urls import path

from events.views.feeds import calendars, news, posters, private

urlpatterns = [
    path("wydarzenia.ics", calendars.feed, name="feed"),
    path("wydarzenia/rss.xml", news.rss, name="rss"),
    path("wydarzenia/kalendarz/<str:token>.ics", private.private_feed, name="private_feed"),
    path("wydarzenia/termin/<uuid:pk>.ics", calendars.session, name="session_ics"),
    path("wydarzenia/<slug:slug>/kalendarz.ics", calendars.activity, name="activity_ics"),
    path("wydarzenia/<slug:slug>/plakat.pdf", posters.poster, name="poster"),
]
