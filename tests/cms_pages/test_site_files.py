"""An operator loads content files; what the office has written since stays."""

from datetime import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms_pages.content import service_texts
from cms_pages.models import BasePage, HomePage, NewsPage, ProjectPage, ServicePage
from cms_pages.site_files import SiteFile, load_site, site_files
from portal.accounts.models import User
from portal.places.models import Contact, Place
from tenants.binding import bind
from tenants.models import Tenant


def content_of(tenant: Tenant) -> dict[str, tuple[str, object]]:
    with bind(tenant):
        return {
            page.url_path: (page.search_text, page.latest_revision_id)
            for page in BasePage.objects.filter(depth__gt=1)
        }


def test_every_file_can_be_read_and_names_known_services() -> None:
    files = site_files()
    assert len(files) == 23
    assert {len(file.teryt) for file in files} == {0, 7}
    assert all(set(file.texts["services"]) <= set(service_texts()) for file in files)


def test_loaded_site_has_its_own_texts(srem: Tenant) -> None:
    with bind(srem):
        load_site(SiteFile.read("rokietnica"))
        contact = Contact.objects.with_phones().get(is_lead=True)
        assert contact.role == "Organizator Usług Społecznych"
        assert [line.number for line in contact.numbers] == ["61 814 53 41", "607 900 235"]
        assert "Rokietnica" in HomePage.objects.get(slug="home").lead
        assert ProjectPage.objects.get().body[0].value.source.startswith("<p>1 lipca 2023")
        newest = NewsPage.objects.live().newest_first().first()
        assert newest.slug == "koniec-projektu"
        service = ServicePage.objects.get(slug="pomoc-w-domu")
        assert service.area == "pomoc-spoleczna"
        assert service.documents.count() == 3
        assert [step.value["title"] for step in service.how][:1] == ["Powiedz nam"]


def test_published_hours_and_number_come_out_as_published(srem: Tenant) -> None:
    with bind(srem):
        load_site(SiteFile.read("wojcieszkow"))
        office = Place.objects.get(is_main=True)
        week = office.timetable().week
        assert week[3][0] == (time(7, 30), time(16))
        assert week[5][0] == (time(7, 30), time(15))
        assert 6 not in week
        assert office.phone == "25 755 41 01"
        assert office.postcode == ""
        assert Contact.objects.get().place_id == office.pk


def test_month_precision_of_news_is_kept(srem: Tenant) -> None:
    with bind(srem):
        load_site(SiteFile.read("srokowo"))
        assert NewsPage.objects.get(slug="start-projektu").date_precision == "month"


def test_second_load_changes_nothing(srem: Tenant) -> None:
    with bind(srem):
        load_site(SiteFile.read("wojcieszkow"))
    before, version = content_of(srem), Tenant.objects.get(pk=srem.pk).content_version
    with bind(srem), CaptureQueriesContext(connection) as queries:
        load_site(SiteFile.read("wojcieszkow"))
    assert content_of(srem) == before
    assert Tenant.objects.get(pk=srem.pk).content_version == version
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def changed(file: SiteFile, **texts: object) -> SiteFile:
    return SiteFile(
        **{field: getattr(file, field) for field in file.__slots__ if field != "texts"},
        texts={**file.texts, **texts},
    )


def test_changed_text_is_published_again(srem: Tenant) -> None:
    file = SiteFile.read("wojcieszkow")
    with bind(srem):
        load_site(file)
        load_site(changed(file, home={"lead": "Nowe słowa."}))
        home = HomePage.objects.get(slug="home")
        assert home.lead == "Nowe słowa."
        assert home.live_revision.as_object().lead == "Nowe słowa."
        assert "nowe slowa" in home.search_text


def test_what_an_editor_wrote_is_never_overwritten(srem: Tenant) -> None:
    file = SiteFile.read("wojcieszkow")
    with bind(srem):
        load_site(file)
        editor = User.objects.get(email__startswith="editor@")
        home = HomePage.objects.get(slug="home")
        home.lead = "Słowa redaktorki."
        home.save_revision(user=editor).publish()
        taken_down = NewsPage.objects.get(slug="start-projektu")
        taken_down.unpublish()
        Contact.objects.update(role="Sekretariat")
        load_site(changed(file, home={"lead": "Nowe słowa."}))
        assert HomePage.objects.get(slug="home").lead == "Słowa redaktorki."
        assert not NewsPage.objects.get(slug="start-projektu").live
        assert Contact.objects.get().role == "Sekretariat"


def test_operator_loads_a_site_by_its_address(srem: Tenant) -> None:
    output = StringIO()
    call_command("load_site", "srem", stdout=output)
    assert "srem.localhost" in output.getvalue()
    with bind(srem):
        assert ServicePage.objects.live().count() == 10


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["atlantyda"], "slug: there is no content file atlantyda.toml"),
        (["rawicz"], "host-suffix: no site is served at rawicz.localhost"),
    ],
)
def test_operator_is_told_what_is_wrong(srem: Tenant, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("load_site", *arguments)
