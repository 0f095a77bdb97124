from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """``90`` → ``1 h 30 min``"""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(_("%(number)d h") % {"number": hours})
    if rest or not hours:
        parts.append(_("%(number)d min") % {"number": rest})
    return " ".join(parts)
