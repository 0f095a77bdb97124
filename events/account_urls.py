"""What is of somebody who is logged in: own bookings, and an organisation's activities."""

from events.views.booking.account_urls import urlpatterns as own_bookings
from events.views.organisations.urls import urlpatterns as organisations

app_name = "my_events"

urlpatterns = [*own_bookings, *organisations]
