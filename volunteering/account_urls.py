"""What is of somebody who is logged in: own profile, tasks and hours, an organisation's offers."""

from volunteering.views.organisations.urls import urlpatterns as organisations
from volunteering.views.profile.urls import urlpatterns as profile
from volunteering.views.tasks.urls import urlpatterns as tasks

app_name = "my_volunteering"

urlpatterns = [*profile, *tasks, *organisations]
