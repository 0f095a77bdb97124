"""The pages, locales and address a new site starts with.

Texts are those of ``content/starter.toml``; the office then makes them its own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Site, Workflow

from cms_pages import slugs
from cms_pages.content import (
    Blocks,
    Texts,
    filled,
    list_blocks,
    section_blocks,
    starter_texts,
    text_blocks,
)
from cms_pages.home_blocks import Door
from cms_pages.models import (
    AccessibilityPage,
    BasePage,
    ContactPage,
    EasyReadPage,
    HomePage,
    MinorsPage,
    NewsIndexPage,
    PrivacyPage,
    ProjectPage,
    ServiceIndexPage,
    StandardPage,
)
from cms_pages.notices import keep_notice
from cms_pages.planting import Planting, plant
from tenants.models import Tenant

HTTPS_PORT = 443
IN_MENUS = {slugs.SERVICES, slugs.NEWS, slugs.PROJECT, slugs.ABOUT, slugs.CONTACT}

# Where a page stands in starter.toml, its type and its address; in the order of the menu.
SECTIONS: tuple[tuple[str, type[BasePage], str], ...] = (
    ("services", ServiceIndexPage, slugs.SERVICES),
    ("news", NewsIndexPage, slugs.NEWS),
    ("project", ProjectPage, slugs.PROJECT),
    ("about", StandardPage, slugs.ABOUT),
    ("contact", ContactPage, slugs.CONTACT),
    ("accessibility", AccessibilityPage, slugs.ACCESSIBILITY),
    ("privacy", PrivacyPage, slugs.PRIVACY),
    ("minors", MinorsPage, slugs.MINORS),
    ("easy_read", EasyReadPage, slugs.EASY_READ),
)


def plant_starter(tenant: Tenant, *, port: int | None = None) -> None:
    """Plant the tree of a new site, bound and empty, in the caller's transaction.

    ``port`` is the one in absolute addresses; without it they are ``https``.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    root = BasePage.objects.get(depth=1)
    texts = filled(starter_texts(), _names(tenant))
    originals = _tree(texts, locales, root, tenant)
    home = originals[0][0]
    _name_approval(texts["approval"]["title"])
    translations = [
        planting
        for language, _name in settings.LANGUAGES
        if language != settings.LANGUAGE_CODE
        for planting in _translated(originals, texts, locales[language], root)
    ]
    plant([*originals, *translations])
    keep_notice()
    Site.objects.create(
        hostname=tenant.domains.get(is_primary=True).domain,
        port=port or HTTPS_PORT,
        site_name=tenant.name,
        root_page_id=home.pk,
        is_default_site=True,
    )


def set_site_address(domain: str, port: int) -> None:
    """Correct the host and port in absolute addresses of the bound site; a demo may move."""
    for site in Site.objects.exclude(hostname=domain, port=port):
        site.hostname, site.port = domain, port
        site.save(update_fields=["hostname", "port"])


def _name_approval(name: str) -> None:
    """Wagtail's workflow and its only task are made in English."""
    Workflow.objects.update(name=name)
    GroupApprovalTask.objects.update(name=name)


def _names(tenant: Tenant) -> dict[str, str]:
    return {
        "site": tenant.name,
        "unit": tenant.unit.name if tenant.unit else tenant.name,
        "municipality": tenant.official_place,
    }


def _tree(
    texts: Texts, locales: Mapping[str, Locale], root: BasePage, tenant: Tenant
) -> list[Planting]:
    polish = locales[settings.LANGUAGE_CODE]
    home = HomePage(
        title=tenant.name,
        slug=slugs.HOME_SLUG,
        locale=polish,
        hero_title=texts["home"]["title"],
        lead=texts["home"]["lead"],
        body=home_blocks(texts["home"]),
    )
    sections = [
        (
            page_type(
                title=texts[key]["title"],
                lead=texts[key].get("lead", ""),
                slug=slug,
                locale=polish,
                show_in_menus=slug in IN_MENUS,
                **_fields(key, texts[key], tenant),
            ),
            home,
        )
        for key, page_type, slug in SECTIONS
    ]
    return [(home, root), *sections]


def _translated(
    originals: list[Planting], texts: Texts, locale: Locale, root: BasePage
) -> list[Planting]:
    """The tree of one language: only the pages whose texts are translated."""
    language = locale.language_code
    polish_home = originals[0][0]
    home = HomePage(
        title=polish_home.title,
        slug=f"{slugs.HOME_SLUG}-{language}",
        locale=locale,
        translation_key=polish_home.translation_key,
        hero_title=texts["home"][language]["title"],
        lead=texts["home"][language]["lead"],
        body=home_blocks(texts["home"][language]),
    )
    sections = [
        (
            type(original)(
                title=own["title"],
                lead=own["lead"],
                slug=original.slug,
                locale=locale,
                translation_key=original.translation_key,
                show_in_menus=original.show_in_menus,
                body=text_blocks(own["body"]),
            ),
            home,
        )
        for (key, _type, _slug), (original, _home) in zip(SECTIONS, originals[1:], strict=True)
        if (own := texts[key].get(language))
    ]
    return [(home, root), *sections]


def home_blocks(texts: Texts) -> Blocks:
    """What a home page is made of; the words of the doors are those of their kind."""
    doors = [
        {"kind": kind, "page": None, "title": "", "text": ""}
        for kind in (Door.SERVICES, Door.EVENTS, Door.CONTACT, Door.PROJECT)
    ]
    return [
        ("doors", {"doors": doors}),
        ("upcoming", {"heading": "", "number": 4}),
        ("news", {"heading": "", "number": 3}),
        ("project", {"heading": ""}),
        ("contacts", {"heading": ""}),
        *text_blocks(texts["body"]),
    ]


def _fields(key: str, texts: Texts, tenant: Tenant) -> dict[str, Any]:
    """What a page type has beyond title and lead."""
    match key:
        case "accessibility":
            return _declaration(texts, tenant, timezone.localdate())
        case "privacy" | "easy_read":
            return {"sections": section_blocks(texts["sections"])}
        case "minors":
            return {
                "legal_basis": texts["legal_basis"],
                "draft_notice": texts["draft_notice"],
                "sections": section_blocks(texts["sections"]),
                "child_title": texts["short"]["title"],
                "child_lead": texts["short"]["lead"],
                "child_rules": list_blocks(texts["short"]["body"]),
            }
        case "about":
            roles = section_blocks(texts["roles"])
            return {"body": [*text_blocks(texts["body"]), *roles]}
        case "news":
            return {}
    return {"body": text_blocks(texts.get("body", []))}


def _declaration(texts: Texts, tenant: Tenant, today: date) -> dict[str, Any]:
    status = next(
        status
        for status, words in AccessibilityPage.OFFICIAL_STATUS.items()
        if words == texts["status"]
    )
    same = ("intro", "scope", "status_text", "preparation", "shortcuts", "contact", "mobile_apps")
    lists = (
        "non_compliance", "not_covered", "disproportionate_burden", "conveniences", "procedure",
    )  # fmt: skip
    return {
        "entity": _names(tenant)["unit"],
        "website": tenant.name,
        "published_on": today,
        "updated_on": today,
        "prepared_on": today,
        "status": status,
        **{field: texts[field] for field in same},
        **{field: list_blocks(texts[field]) for field in lists},
        "architecture": section_blocks(texts["architecture"]),
        "communication": section_blocks(texts["communication"]),
    }
