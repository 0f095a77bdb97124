"""What the panel's templates ask: who may do what here, and how moments are read."""

from datetime import date, datetime

from django import template
from django.http import HttpRequest
from django.template import Context

from portal.accounts.models import User
from portal.accounts.permissions import Permission
from portal.accounts.permissions import may as user_may
from portal.accounts.roles import STAFF
from portal.panel import moments
from portal.panel.menu import Entry, menu_of
from tenants import formats

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """``{% may "edit_people" as can_edit %}``: a button that would answer 403 is not shown."""
    request: HttpRequest = context["request"]
    return user_may(request.user, Permission(permission))


@register.simple_tag(takes_context=True)
def panel_menu(context: Context) -> list[Entry]:
    request: HttpRequest = context["request"]
    return menu_of(request.user, request) if isinstance(request.user, User) else []


@register.filter
def office_roles(user: User) -> str:
    """``director, editor``: the roles of the office, in the words of the language being read."""
    return ", ".join(str(role.label) for role in sorted(STAFF & user.roles))


@register.filter
def since(moment: datetime) -> str:
    return moments.since(moment)


@register.filter
def at(moment: datetime) -> str:
    return moments.at(moment)


@register.filter
def until(moment: datetime) -> str:
    return moments.until(moment)


@register.filter
def month(value: date) -> str:
    return formats.month(value)
