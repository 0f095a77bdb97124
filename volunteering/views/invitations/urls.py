from django.urls import path

from volunteering.views.invitations import answering
from volunteering.views.safety import reporting
from volunteering.views.tasks import doing
from volunteering.views.tasks.doors import own_task, task_of_invitation

_INVITATION = "wolontariat/zaproszenie/<uuid:pk>/<str:token>"
_DANGER = "wolontariat/zgloszenie-zagrozenia"

urlpatterns = [
    path(f"{_INVITATION}/", answering.invitation, name="invitation"),
    path(f"{_INVITATION}/tak/", answering.accept, name="invitation_accept"),
    path(f"{_INVITATION}/nie-tym-razem/", answering.decline, name="invitation_decline"),
    path(f"{_INVITATION}/dlaczego/", answering.reason, name="invitation_reason"),
    # After a yes: what the pages of the account do, for whoever has no login.
    path(f"{_INVITATION}/termin.ics", task_of_invitation(doing.ics), name="invitation_ics"),
    path(f"{_INVITATION}/kontakt/", task_of_invitation(doing.contact), name="invitation_contact"),
    path(
        f"{_INVITATION}/kontakt/ukryj/",
        task_of_invitation(doing.hide_contact), name="invitation_contact_withdraw",
    ),
    path(f"{_INVITATION}/napisz/", task_of_invitation(doing.write), name="invitation_write"),
    path(f"{_INVITATION}/oddaj/", task_of_invitation(doing.give_back), name="invitation_give_back"),
    path(f"{_INVITATION}/godziny/", task_of_invitation(doing.hours), name="invitation_hours"),
    # Something was not right.
    path(
        f"{_INVITATION}/zgloszenie-zagrozenia/",
        task_of_invitation(reporting.report), name="invitation_report",
    ),
    path(f"{_DANGER}/<uuid:pk>/", own_task(reporting.report), name="report"),
    path(
        f"{_DANGER}/<str:code>/<str:token>/",
        reporting.report_of_request, name="report_of_request",
    ),
]  # fmt: skip
