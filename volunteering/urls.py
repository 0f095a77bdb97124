"""What everybody may open: ``/wolontariat`` and ``/pomoc-sasiedzka``."""

from volunteering.views.asking.urls import urlpatterns as asking
from volunteering.views.invitations.urls import urlpatterns as invitations
from volunteering.views.joining.urls import urlpatterns as joining
from volunteering.views.opportunities.urls import urlpatterns as opportunities

app_name = "volunteering"

# Fixed first words come before the names of opportunities.
urlpatterns = [*asking, *joining, *invitations, *opportunities]
