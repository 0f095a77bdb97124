"""Editors at work in the CMS: over HTTP, in their own site, with nothing calling out of it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Locale, Workflow, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms_pages.models import (
    HomePage,
    ProjectPage,
    ServicePage,
    StandardPage,
)
from cms_pages.slugs import SECTION_SLUGS
from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import ListedService, Tenant
from tenants.partnership_files import load_partnership, partnership_files
from tenants.project_facts import PublicityField
from tenants.roles import as_owner
from tests.cms_pages.cms import open_page, page_id
from tests.conftest import SiteClient


class Sources(HTMLParser):
    """Everything a browser would fetch by itself while showing a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"script", "img", "iframe", "source", "video", "audio", "embed"}:
            self.found += [values.get("src") or "", *re.split(r",\s*", values.get("srcset") or "")]
        if tag == "link":
            self.found.append(values.get("href") or "")


# What editors see


def test_cms_calls_no_third_party(srem: Tenant, editor: SiteClient) -> None:
    home = page_id(srem, "home")
    paths = (
        "/cms/", "/cms/pages/", f"/cms/pages/{home}/edit/", "/cms/images/", "/cms/documents/",
        "/cms/snippets/places/contact/", "/cms/snippets/places/place/add/", "/cms/account/",
    )  # fmt: skip
    for path in paths:
        for source in Sources(open_page(editor, path)).found:
            assert not source.startswith(("http:", "https:", "//")), (path, source)
    assert "gravatar" not in open_page(editor, "/cms/account/")


def test_menu_has_places_and_contacts_and_no_links_to_other_servers(director: SiteClient) -> None:
    html = open_page(director, "/cms/")
    assert "/cms/snippets/places/contact/" in html
    assert "/cms/snippets/cms_pages/serviceavailability/" in html
    for absent in ("whats-new", "editor-guide", "/cms/sites/", "/cms/locales/"):
        assert absent not in html


def test_visitors_never_see_the_userbar(srem: Tenant, editor: SiteClient) -> None:
    assert "wagtail-userbar" not in open_page(editor, "/")


def test_editor_of_one_site_is_nobody_on_another(kety: Tenant, editor: SiteClient) -> None:
    answer = editor.get("/cms/", HTTP_HOST="kety.localhost")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


# Pages


def standard_form(title: str, slug: str, **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = nested_form_data(
        {
            "title": title,
            "slug": slug,
            "lead": "",
            "seo_title": "",
            "search_description": "",
            "body": streamfield([("heading", "Autobus"), ("quote", {"text": "x", "source": ""})]),
            "comments": inline_formset([]),
            **more,
        }
    )
    return form


def create(client: SiteClient, title: str, slug: str, **more: Any) -> Any:
    home = page_id(client.tenant, "home")
    return client.post(
        f"/cms/pages/add/cms_pages/standardpage/{home}/", standard_form(title, slug, **more)
    )


def test_editor_submits_and_director_approves(
    srem: Tenant, editor: SiteClient, director: SiteClient
) -> None:
    create(editor, "Dojazd", "dojazd", **{"action-submit": "1"})
    with bind(srem):
        page = StandardPage.objects.get(slug="dojazd")
        assert not page.live
        state = WorkflowState.objects.get()
        task = state.current_task_state
    assert editor.get("/dojazd/").status_code == 404
    assert "Dojazd" in open_page(director, "/cms/")
    director.post(
        f"/cms/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": "Dobrze."}
    )
    assert "Autobus" in open_page(editor, "/dojazd/")


def test_editor_cannot_publish(srem: Tenant, editor: SiteClient) -> None:
    create(editor, "Dojazd", "dojazd", **{"action-publish": "1"})
    with bind(srem):
        assert not StandardPage.objects.get(slug="dojazd").live


def test_director_is_told_why_an_address_is_refused(srem: Tenant, director: SiteClient) -> None:
    answer = create(director, "Panel", "panel", **{"action-publish": "1"})
    assert answer.status_code == 200
    assert not answer.context["form"].is_valid()
    assert "slug" in answer.context["form"].errors
    with bind(srem):
        assert not StandardPage.objects.filter(slug="panel").exists()


@pytest.mark.parametrize("slug", ["home", *sorted(SECTION_SLUGS)])
def test_every_page_opens_for_editing(srem: Tenant, editor: SiteClient, slug: str) -> None:
    assert 'name="title"' in open_page(editor, f"/cms/pages/{page_id(srem, slug)}/edit/")


def test_director_reorders_sections(srem: Tenant, director: SiteClient) -> None:
    contact = page_id(srem, "kontakt")
    director.post(f"/cms/pages/{contact}/set_position/?position=0")
    with bind(srem):
        home = HomePage.objects.get(slug="home")
        assert home.get_children().order_by("path").first().slug == "kontakt"


def test_page_cannot_be_moved_to_an_address_of_the_portal(
    srem: Tenant, director: SiteClient
) -> None:
    with bind(srem):
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
        page = about.add_child(instance=StandardPage(title="Pomoc", slug="pomoc"))
    home = page_id(srem, "home")
    director.post(f"/cms/pages/{page.pk}/move/{home}/confirm/")
    with bind(srem):
        assert StandardPage.objects.get(pk=page.pk).url == "/o-nas/pomoc/"


def test_editor_previews_before_saving(srem: Tenant, editor: SiteClient) -> None:
    about = page_id(srem, "o-nas")
    path = f"/cms/pages/{about}/edit/preview/"
    answer = editor.post(path, standard_form("Kim jesteśmy naprawdę", "o-nas"))
    assert answer.json()["is_valid"]
    assert "Kim jesteśmy naprawdę" in open_page(editor, path + "?mode=")
    assert "Kim jesteśmy naprawdę" not in open_page(editor, "/o-nas/")


def service_form(**more: Any) -> dict[str, Any]:
    form: dict[str, Any] = nested_form_data(
        {
            "title": "Pomoc w domu", "slug": "pomoc-w-domu", "lead": "Opiekunka przychodzi.",
            "seo_title": "", "search_description": "", "official_name": "usługi opiekuńcze",
            "area": "pomoc-spoleczna", "cost_kind": "partly_paid", "cost": "", "exemptions": "",
            "legal_basis": "", "contact": "", "place": "",
            "who": streamfield([("item", "Mieszkasz w gminie.")]),
            "how": streamfield([("step", {"title": "Zadzwoń", "text": "Zapytamy."})]),
            "body": streamfield([]),
            "cost_options": inline_formset(
                [
                    {"label": "do 100 %", "price": "bezpłatnie", "valid_from": "2026-01-01"},
                    {"label": "ponad 100 %", "price": "5,00 zł", "valid_from": ""},
                ]
            ),
            "documents": inline_formset([{"text": "dowód osobisty", "document": ""}]),
            "comments": inline_formset([]),
            **more,
        }
    )  # fmt: skip
    return form


def test_director_previews_and_publishes_a_service(srem: Tenant, director: SiteClient) -> None:
    add = f"/cms/pages/add/cms_pages/servicepage/{page_id(srem, 'uslugi')}/"
    assert director.post(add + "preview/", service_form()).json()["is_valid"]
    assert "dowód osobisty" in open_page(director, add + "preview/?mode=")
    director.post(add, service_form(**{"action-publish": "1"}))
    html = open_page(director, "/uslugi/pomoc-w-domu/")
    for words in ("usługi opiekuńcze", "5,00 zł", "dowód osobisty", "Zadzwoń"):
        assert words in html
    with bind(srem):
        page = ServicePage.objects.get()
        assert [option.label for option in page.cost_options.all()] == ["do 100 %", "ponad 100 %"]
        page.save_revision().publish()
        assert page.cost_options.count() == 2
    assert ListedService.objects.filter(tenant=srem, title="Pomoc w domu").exists()


def test_service_without_an_area_is_not_published(srem: Tenant, director: SiteClient) -> None:
    add = f"/cms/pages/add/cms_pages/servicepage/{page_id(srem, 'uslugi')}/"
    answer = director.post(add, service_form(**{"area": "", "action-publish": "1"}))
    assert "area" in answer.context["form"].errors


def test_editor_translates_a_page(srem: Tenant, editor: SiteClient) -> None:
    about = page_id(srem, "o-projekcie")
    with bind(srem):
        english = Locale.objects.get(language_code="en")
    submit = f"/cms/translation/submit/page/{about}/"
    assert submit in open_page(editor, f"/cms/pages/{about}/edit/")
    editor.post(submit, {"locales": [english.pk], "include_subtree": ""})
    with bind(srem):
        page = ProjectPage.objects.get(locale=english)
        assert not page.live
        assert page.url == "/en/o-projekcie/"


def test_editor_of_a_project_is_told_what_is_missing(
    own_database: str, as_site: type[SiteClient]
) -> None:
    with as_owner():
        load_partnership(next(file for file in partnership_files() if file.stem == "wlkp"))
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    editor = as_site(srem)
    editor.log_in("editor")
    html = open_page(editor, f"/cms/pages/{page_id(srem, 'o-projekcie')}/edit/")
    assert escape(str(PublicityField.PROGRAMME.label)) in html
    assert escape(str(PublicityField.BENEFICIARY.label)) not in html
    with bind(srem):
        assert ProjectPage.objects.get().page_context()["project"].key == "WLKP"


@pytest.mark.parametrize("question", ["lodz", "ŁÓDŹ", "łód", "lod"])
def test_cms_finds_pages_without_polish_letters(
    srem: Tenant, editor: SiteClient, settings: LazySettings, question: str
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "cms_pages.search_backend", "SEARCH_CONFIG": "public.gromada"}
    }
    with bind(srem):
        HomePage.objects.get(slug="home").add_child(
            instance=StandardPage(title="Wycieczka do Łodzi: Łódź", slug="lodz")
        )
    html = open_page(editor, f"/cms/pages/search/?q={question}")
    assert "Wycieczka do Łodzi" in html


# Who may


def test_teams_may_what_their_work_needs(srem: Tenant) -> None:
    with bind(srem):
        editor = User.objects.get(email__startswith="editor@")
        director = User.objects.get(email__startswith="director@")
        for user in (editor, director):
            assert user.has_perms(
                ["places.add_contact", "places.change_place", "wagtailadmin.access_admin"]
            )
        assert director.has_perm("wagtailredirects.add_redirect")
        assert not editor.has_perm("wagtailredirects.add_redirect")
        assert Workflow.objects.filter(active=True, workflow_pages__page__depth=1).exists()
        assert not GroupPagePermission.objects.filter(
            group__name="Editors", permission__codename__startswith="publish"
        ).exists()
