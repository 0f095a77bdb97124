from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from portal.accounts.permissions import Permission, may
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.notifications.models import Delivery


@require_safe
@logged_in
def home(request: OwnRequest) -> HttpResponse:
    user = request.user
    return TemplateResponse(
        request,
        "my_account/home.html",
        {
            "person": user.person,
            "unread": Delivery.objects.inbox_of(user.person).unread().count(),
            "memberships": user.memberships.select_related("organisation").order_by(
                "organisation__sort_key", "organisation_id"
            ),
            "may_enter_panel": may(user, Permission.ENTER_PANEL),
            "may_edit_pages": user.has_perm("wagtailadmin.access_admin"),
        },
    )
