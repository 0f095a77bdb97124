from django.urls import path

from events.views.booking import my_bookings

urlpatterns = [
    path("zapisy/", my_bookings.bookings, name="bookings"),
    path("zapisy/kalendarz/", my_bookings.make_calendar, name="make_calendar"),
    path("zapisy/kalendarz/usun/", my_bookings.revoke_calendar, name="revoke_calendar"),
]
