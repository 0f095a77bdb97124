from django.urls import path

from volunteering.views.tasks import doing, listing
from volunteering.views.tasks.doors import own_task

_TASK = "zadania/<uuid:pk>"

urlpatterns = [
    path("zadania/", listing.tasks, name="tasks"),
    path(f"{_TASK}/", own_task(doing.task), name="task"),
    path(f"{_TASK}/termin.ics", own_task(doing.ics), name="task_ics"),
    path(f"{_TASK}/kontakt/", own_task(doing.contact), name="task_contact"),
    path(f"{_TASK}/kontakt/ukryj/", own_task(doing.hide_contact), name="task_contact_withdraw"),
    path(f"{_TASK}/napisz/", own_task(doing.write), name="task_write"),
    path(f"{_TASK}/oddaj/", own_task(doing.give_back), name="task_give_back"),
    path(f"{_TASK}/godziny/", own_task(doing.hours), name="task_hours"),
    path("godziny/", listing.hours, name="hours"),
]
