"""Tell the office that a message should not stand there."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from portal.messaging.actions.report_message import report_message
from portal.messaging.models import Report
from portal.messaging.refusals import MessagingRefused
from portal.messaging.report_form import ReportForm
from portal.messaging.views.doors import Door, OwnThreadRequest, of_participant
from portal.messaging.views.finding import message_of_another


@of_participant
def report(request: OwnThreadRequest, door: Door, number: int) -> HttpResponse:
    """The form; for a message they have already reported, what happens next."""
    message, author = message_of_another(door, number)
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            report_message(message=message, reporter=door.place.person, **form.cleaned_data)
        except MessagingRefused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect("messaging:report", door.place.conversation_id, number)
    is_reported = Report.objects.filter(message=message, reporter=door.place.person).exists()
    return TemplateResponse(
        request,
        "messaging/reported.html" if is_reported else "messaging/report.html",
        {"form": form, "door": door, "message": message, "who": author},
        status=status,
    )
