"""Loads a site's content file into its site.

A second load changes only what nobody but an earlier load has written:

- a page whose latest revision has an author, or that was taken down, belongs to the office;
- places and contacts are loaded into a site that has none, and belong to the office from then on;
- a page that was deleted comes back with the next load; take it down instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Locale

from cms_pages.content import (
    Blocks,
    Texts,
    list_blocks,
    service_texts,
    site_slugs,
    site_texts,
    starter_texts,
    text_blocks,
)
from cms_pages.models import (
    BasePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ProjectPage,
    RequiredDocument,
    ServiceIndexPage,
    ServicePage,
)
from cms_pages.planting import plant
from cms_pages.starter import home_blocks
from portal.places.models import Contact, ContactPhone, OpeningHours, Place
from tenants import formats
from tenants.polish import slug

_WEEKDAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SiteFile:
    """``content/sites/<slug>.toml``: what the site is, and its texts."""

    slug: str
    name: str
    teryt: str
    partnership: str
    locative: str
    colour: str
    texts: Texts

    @classmethod
    def read(cls, slug_: str) -> "SiteFile":
        """Read one file.

        Raises:
            FileNotFoundError: there is none for this site.
        """
        texts = site_texts(slug_)
        return cls(
            slug=texts["slug"],
            name=texts["name"],
            teryt=texts.get("teryt", ""),
            partnership=texts["partnership"],
            locative=texts["locative"],
            colour=texts["colour"],
            texts=texts,
        )


def site_files() -> list[SiteFile]:
    """Every site that has a content file."""
    return [SiteFile.read(slug_) for slug_ in site_slugs()]


def load_site(file: SiteFile) -> None:
    """Bring the bound site to what its file says, in one transaction."""
    with transaction.atomic():
        main_place = _load_places(file.texts.get("places", []))
        _load_contacts(file.texts.get("contacts", []), main_place)
        _refresh_homes(file.texts["home"]["lead"])
        project = ProjectPage.objects.get(**_POLISH)
        _refresh(project, {"body": text_blocks(file.texts["project"]["body"])})
        news = {item["slug"]: _news(item) for item in file.texts.get("news", [])}
        _load_pages(NewsPage, NewsIndexPage.objects.get(**_POLISH), news)
        services = {key: _service(service_texts()[key]) for key in file.texts["services"]}
        _load_pages(ServicePage, ServiceIndexPage.objects.get(**_POLISH), services)


_POLISH = {"locale__language_code": settings.LANGUAGE_CODE}


# Places and contacts


def _load_places(rows: list[Texts]) -> Place | None:
    if not Place.objects.exists():
        for ordinal, row in enumerate(rows):
            place = Place.objects.create(
                name=row["name"],
                street=row.get("street", ""),
                postcode=row.get("postcode", ""),
                city=row.get("city", ""),
                phone=formats.phone(row["phone"]).display if "phone" in row else "",
                is_main=ordinal == 0,
                ordinal=ordinal,
            )
            for day, (opens, closes) in row.get("hours", {}).items():
                OpeningHours.objects.create(
                    place=place,
                    weekday=_WEEKDAYS[day],
                    opens=time.fromisoformat(opens),
                    closes=time.fromisoformat(closes),
                )
    return Place.objects.main()


def _load_contacts(rows: list[Texts], main_place: Place | None) -> None:
    if Contact.objects.exists():
        return
    for ordinal, row in enumerate(rows):
        contact = Contact.objects.create(
            role=row["role"],
            topics=row.get("topics", ""),
            place=main_place,
            is_lead=ordinal == 0,
            ordinal=ordinal,
        )
        for number, text in enumerate(row["phones"]):
            ContactPhone.objects.create(
                contact=contact, number=formats.phone(text).display, ordinal=number
            )


# Pages


def _refresh_homes(lead: str) -> None:
    """Those of every language show what new sites begin with."""
    for home in HomePage.objects.select_related("locale", "latest_revision"):
        language = home.locale.language_code
        if language == settings.LANGUAGE_CODE:
            _refresh(home, {"lead": lead, "body": home_blocks(starter_texts()["home"])})
        else:
            _refresh(home, {"body": home_blocks(starter_texts()["home"][language])})


def _load_pages(page_type: type[BasePage], parent: BasePage, wanted: Mapping[str, Fields]) -> None:
    """Plant the pages that are missing under ``parent``, by slug, and refresh the others."""
    stored = {
        page.slug: page
        for page in page_type.objects.child_of(parent).select_related("latest_revision")
    }
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    plant(
        [
            (page_type(slug=slug_, locale=locale, **fields), parent)
            for slug_, fields in wanted.items()
            if slug_ not in stored
        ]
    )
    for slug_, page in stored.items():
        if slug_ in wanted:
            _refresh(page, wanted[slug_])


def _refresh(page: BasePage, fields: Fields) -> None:
    """Publish the fields, if they differ and nobody has touched the page."""
    written_by_hand = page.latest_revision is not None and page.latest_revision.user_id is not None
    if written_by_hand or not page.live:
        return
    fresh = type(page)(**fields)
    changed = [name for name in fields if _plain(page, name) != _plain(fresh, name)]
    if changed:
        for name in changed:
            setattr(page, name, fields[name])
        page.save_revision().publish()


def _plain(page: BasePage, name: str) -> Any:
    """A field's value for comparison: without the random ids of blocks and rows."""
    if name == "documents":
        return [document.text for document in page.documents.all()]
    if isinstance(page._meta.get_field(name), StreamField):
        return _without_ids(getattr(page, name).get_prep_value())
    return getattr(page, name)


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    return value


def _news(item: Texts) -> Fields:
    return {
        "title": item["title"],
        "lead": item["lead"],
        "date": item["on"],
        "date_precision": item.get("on_precision", "day"),
        "body": text_blocks(item["body"]),
    }


def _service(item: Texts) -> Fields:
    same = ("title", "official_name", "lead", "cost", "cost_kind", "exemptions", "legal_basis")
    return {
        **{field: item[field] for field in same},
        "area": slug(item["area"]),
        "who": list_blocks(item["who"]),
        "how": _steps(item["how"]),
        "documents": [RequiredDocument(text=text) for text in item["documents"]],
    }


def _steps(steps: list[Texts]) -> Blocks:
    return [("step", {"title": step["title"], "text": step["text"]}) for step in steps]
