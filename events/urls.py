"""What everybody may open: the calendar, booking, feeds. All of it is under ``/wydarzenia``."""

from events.views.booking.urls import urlpatterns as booking
from events.views.feeds.urls import urlpatterns as feeds
from events.views.public.urls import urlpatterns as public

app_name = "events"

# Fixed first words come before the names of activities.
urlpatterns = [*feeds, *booking, *public]
