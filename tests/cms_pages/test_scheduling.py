"""Pages that go live and expire at a chosen time: by the CMS's own form and the worker's job."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms_pages import scheduling
from cms_pages.models import BasePage, StandardPage
from cms_pages.tasks import publish_scheduled, publish_what_was_missed
from events.models import ActivityText
from tenants.binding import bind
from tenants.models import Tenant
from tests.cms_pages.cms import open_page, page_id
from tests.conftest import SiteClient
from tests.jobs import do_due_jobs, waiting_jobs

TASK = "cms_pages.publish_scheduled"
FORM_TIME = "%Y-%m-%d %H:%M"


def form(title: str, *, go_live: datetime | None = None, expire: datetime | None = None) -> Any:
    return nested_form_data(
        {
            "title": title, "slug": "festyn", "lead": title, "seo_title": "",
            "search_description": "", "body": streamfield([]), "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "action-publish": "1",
            "go_live_at": _written(go_live), "expire_at": _written(expire),
        }
    )  # fmt: skip


def _written(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime(FORM_TIME) if moment else ""


def add(director: SiteClient, **moments: datetime) -> int:
    """Publish a page through the CMS; its key."""
    home = page_id(director.tenant, "home")
    answer = director.post(
        f"/cms/pages/add/cms_pages/standardpage/{home}/", form("Festyn", **moments)
    )
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return page_id(director.tenant, "festyn")


def edit(director: SiteClient, title: str, **moments: datetime) -> None:
    key = page_id(director.tenant, "festyn")
    answer = director.post(f"/cms/pages/{key}/edit/", form(title, **moments))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors


def moments_of_jobs(site: Tenant) -> list[datetime]:
    return [job["at"] for job in waiting_jobs(site) if job["task"] == TASK]


@pytest.fixture
def tomorrow() -> datetime:
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let time pass for whoever asks Django what time it is."""

    def travel(**ahead: int) -> None:
        moment = timezone.now() + timedelta(**ahead)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return travel


def carry_out(site: Tenant) -> None:
    with bind(site):
        publish_scheduled()


def test_director_is_offered_a_time_to_publish(srem: Tenant, director: SiteClient) -> None:
    for path in (
        f"/cms/pages/{page_id(srem, 'o-nas')}/edit/",
        f"/cms/pages/add/cms_pages/standardpage/{page_id(srem, 'home')}/",
    ):
        html = open_page(director, path)
        assert 'name="go_live_at"' in html
        assert 'name="expire_at"' in html
        assert "schedule-publishing-dialog" in html


def test_page_goes_live_at_the_chosen_moment(
    srem: Tenant, kety: Tenant, director: SiteClient, tomorrow: datetime, later: Any
) -> None:
    add(director, go_live=tomorrow)
    assert moments_of_jobs(srem) == [tomorrow]
    assert moments_of_jobs(kety) == []
    assert director.get("/festyn/").status_code == 404
    carry_out(srem)
    assert director.get("/festyn/").status_code == 404, "too early"
    later(days=1, minutes=1)
    carry_out(kety)
    assert director.get("/festyn/").status_code == 404, "another gmina's job"
    carry_out(srem)
    assert "Festyn" in open_page(director, "/festyn/")


def test_new_version_replaces_what_visitors_have_in_the_cache(
    srem: Tenant, director: SiteClient, as_site: type[SiteClient], tomorrow: datetime, later: Any
) -> None:
    add(director)
    visitor = as_site(srem)
    seen = visitor.get("/festyn/")
    edit(director, "Festyn przełożony", go_live=tomorrow)
    assert "przełożony" not in open_page(visitor, "/festyn/")
    later(days=1, minutes=1)
    carry_out(srem)
    answer = visitor.get("/festyn/", headers={"if-none-match": seen["ETag"]})
    assert answer.status_code == 200
    assert "Festyn przełożony" in answer.content.decode()


def test_page_expires_at_the_chosen_moment_and_leaves_the_cache(
    srem: Tenant, director: SiteClient, as_site: type[SiteClient], tomorrow: datetime, later: Any
) -> None:
    key = add(director, expire=tomorrow)
    assert tomorrow in moments_of_jobs(srem)
    visitor = as_site(srem)
    seen = visitor.get("/festyn/")
    assert seen.status_code == 200
    later(days=1, minutes=1)
    carry_out(srem)
    assert visitor.get("/festyn/", headers={"if-none-match": seen["ETag"]}).status_code == 404
    with bind(srem):
        page = StandardPage.objects.get(pk=key)
        assert page.expired
        assert "festyn" in page.search_text


def test_page_scheduled_with_an_end_comes_and_goes(
    srem: Tenant, director: SiteClient, tomorrow: datetime, later: Any
) -> None:
    end = tomorrow + timedelta(days=1)
    add(director, go_live=tomorrow, expire=end)
    later(days=1, minutes=1)
    carry_out(srem)
    assert director.get("/festyn/").status_code == 200
    assert end in moments_of_jobs(srem)
    later(days=1)
    carry_out(srem)
    assert director.get("/festyn/").status_code == 404


def test_another_moment_or_none_leaves_only_harmless_jobs(
    srem: Tenant, director: SiteClient, tomorrow: datetime, later: Any
) -> None:
    key = add(director, go_live=tomorrow)
    with bind(srem):
        revision = Revision.objects.get(approved_go_live_at__isnull=False)
    director.post(f"/cms/pages/{key}/revisions/{revision.pk}/unschedule/")
    later(days=1, minutes=1)
    carry_out(srem)
    assert director.get("/festyn/").status_code == 404
    again = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=2)
    edit(director, "Festyn", go_live=again)
    assert again in moments_of_jobs(srem)
    carry_out(srem)
    assert director.get("/festyn/").status_code == 404
    later(hours=3)
    carry_out(srem)
    carry_out(srem)
    assert director.get("/festyn/").status_code == 200


def test_draft_with_an_end_is_no_work(srem: Tenant, editor: SiteClient, tomorrow: datetime) -> None:
    draft = form("Festyn", expire=tomorrow)
    del draft["action-publish"]
    editor.post(f"/cms/pages/add/cms_pages/standardpage/{page_id(srem, 'home')}/", draft)
    assert moments_of_jobs(srem) == []


def test_page_that_cannot_be_published_keeps_no_other_from_it(
    srem: Tenant, director: SiteClient, tomorrow: datetime, later: Any
) -> None:
    add(director, go_live=tomorrow)
    with bind(srem):
        other = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
        other.go_live_at = tomorrow
        bad = other.save_revision()
        bad.publish()
        Revision.objects.filter(pk=bad.pk).update(content={**bad.content, "title": None})
    later(days=1, minutes=1)
    with bind(srem), pytest.raises(scheduling.SomeFailed, match=f"^_publish {bad.pk}$"):
        publish_scheduled()
    assert director.get("/festyn/").status_code == 200


def test_worker_that_comes_a_moment_early_comes_again(
    srem: Tenant, director: SiteClient, tomorrow: datetime, monkeypatch: Any
) -> None:
    add(director, go_live=tomorrow)
    early = tomorrow - timedelta(milliseconds=20)
    monkeypatch.setattr(timezone, "now", lambda: early)
    carry_out(srem)
    assert moments_of_jobs(srem) == [tomorrow, tomorrow]


def test_night_takes_up_what_was_missed(
    own_database: str, as_site: type[SiteClient], tomorrow: datetime
) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    director = as_site(srem)
    director.log_in("director")
    add(director, go_live=tomorrow)
    missed = timezone.now() - timedelta(hours=1)
    with bind(srem):
        page = BasePage.objects.get(slug="festyn").specific
        revision = page.scheduled_revision
        revision.content["go_live_at"] = missed.isoformat()
        revision.approved_go_live_at = missed
        Revision.objects.bulk_update([revision], ["content", "approved_go_live_at"])
        publish_what_was_missed()
    assert do_due_jobs() == 1
    assert director.get("/festyn/").status_code == 200


def test_nothing_but_pages_can_be_scheduled() -> None:
    """Another model with drafts would need to be listened to as well; nobody is asked for a date
    for the words of an activity."""
    assert [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, BasePage | ActivityText)
    ] == []
