"""Wagtail writes mails with links to the CMS. It knows one base URL; every site has its own."""

from typing import Any

from wagtail.admin.templatetags.wagtailadmin_tags import register

from portal.notifications.links import absolute


def connect() -> None:
    """Replace Wagtail's tag of the same name, which reads the setting."""
    register.simple_tag(base_url_setting)


def base_url_setting(default: Any = None) -> str:
    return absolute("")
