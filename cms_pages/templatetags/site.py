from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms_pages.addresses import localised
from cms_pages.frame import Frame
from cms_pages.models import BasePage
from cms_pages.slugs import HOME_URL_PATH
from cms_pages.views.files import theme_sheet
from tenants.binding import current_tenant

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """The frame around the page of this context: ``{% site_frame as frame %}``."""
    request: HttpRequest = context["request"]
    return Frame(request, context.get("page"))


@register.simple_tag
def theme_url() -> str:
    digest, _sheet = theme_sheet(current_tenant().colour)
    return f"/theme.{digest}.css"


@register.simple_tag
def is_demo() -> bool:
    return bool(settings.DEMO)


@register.simple_tag
def page_url(page: BasePage) -> str:
    """Path of a page in the language being read: that of its Polish original under the prefix.

    A translated page costs a query, unless ``original_url_path`` was set on it.
    """
    url_path = getattr(page, "original_url_path", None) or page.url_path
    if not url_path.startswith(HOME_URL_PATH):
        return str(page.url)
    return localised(url_path.removeprefix(HOME_URL_PATH), get_language())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the sprite, for eyes only: the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def lang_attr(code: str) -> SafeString:
    """`` lang="pl"`` for words in another language than the page's, nothing for ""."""
    return format_html(' lang="{}"', code) if code else SafeString("")


@register.simple_tag
def polish() -> SafeString:
    """`` lang="pl"`` for facts of the office, wherever the words around them are not Polish."""
    return SafeString("") if get_language() == settings.LANGUAGE_CODE else lang_attr("pl")
