from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.defaults import page_not_found as plain_not_found

from cms_pages.models import BasePage
from cms_pages.tree import Tree
from portal.page_cache import public_page


@public_page
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the tree, in the language of the URL or, failing that, in Polish."""
    page = published_page(path, get_language() or settings.LANGUAGE_CODE)
    return TemplateResponse(request, page.get_template(request), page.get_context(request))


def published_page(path: str, language: str) -> BasePage:
    """The live page under a Polish path, with the ``tree`` it was found in.

    Raises:
        Http404: no live Polish page has the path.
    """
    tree = Tree.load(path)
    if tree.page is None:
        raise Http404
    found = tree.versions(tree.page).get(language, tree.page)
    page: BasePage = found.specific
    page.locale = found.locale
    page.polish_path = path
    page.tree = tree
    return page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A missing page of a site keeps the site's frame; of no site, the plain words."""
    if not hasattr(request, "tenant"):
        return plain_not_found(request, exception)
    response = TemplateResponse(request, "errors/404.html", status=404)
    response.headers["Cache-Control"] = "no-store"
    return response
