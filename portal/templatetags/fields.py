from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field drawn as our sheets draw it, whatever app its form is from."""
    known = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {known}".strip()})


@register.filter
def first_id(field: BoundField) -> str:
    """Where a link to the field leads: a group of choices has its first one."""
    return field.id_for_label or f"{field.auto_id}_0"
