from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.actions.change_person import change_person
from portal.accounts.forms import PersonForm
from portal.accounts.models import Guardianship
from portal.accounts.refusals import Refused
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.my_account.parts import PARTS


@require_safe
@logged_in
def my_data(request: OwnRequest) -> HttpResponse:
    person = request.user.person
    household = person.household.people.current().exclude(pk=person.pk) if person.household else []
    return TemplateResponse(
        request,
        "my_account/data.html",
        {
            "person": person,
            "household": household,
            "guardians": Guardianship.objects.filter(ward=person).select_related("guardian"),
            "wards": Guardianship.objects.filter(guardian=person).select_related("ward"),
        },
    )


@logged_in
def change(request: OwnRequest, part: str) -> HttpResponse:
    """One question a page: the name, the address, how to reach me, my language."""
    if part not in PARTS:
        raise Http404
    person = request.user.person
    form = PersonForm(
        request.POST if request.method == "POST" else None, instance=person, is_own=True
    )
    for name in form.fields.keys() - set(PARTS[part].fields):
        del form.fields[name]
    form.order_fields(PARTS[part].fields)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(person=person, changes=form.changes, acting_user=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as contradiction:
            form.add_error(None, contradiction.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("my_account:data")
    return TemplateResponse(
        request, "my_account/change_data.html", {"form": form, "heading": PARTS[part].question}
    )
