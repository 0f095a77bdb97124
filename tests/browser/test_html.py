"""What the pages are made of: valid HTML, one outline, no link that leads nowhere.

Read through Django's own client, so it needs no browser: every page of four sites in three
languages, found by following links.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser.every_page import PAGES

SITES = ["rokietnica", "kety", "rops-krakow", "wojcieszkow"]
# A site of each kind; what differs elsewhere is in PAGES.
CRAWLED = ["rokietnica", "kety", "rops-krakow"]
PORT = 8000
FOLLOWED = 400  # pages of a site; more means that addresses breed
# Of other sites: a leader's leads to hundreds of its partners' pages, and some stand for all.
OF_OTHERS = 60

# Technical conditions v2.0 of 31.07.2024: each once, on the declaration.
DECLARATION_IDS = [
    "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja",
    "a11y-data-aktualizacja", "a11y-status", "a11y-kontakt", "a11y-email", "a11y-telefon",
    "a11y-procedura", "a11y-data-sporzadzenie", "a11y-architektura", "a11y-komunikacja",
]  # fmt: skip
DATED_IDS = ["a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie"]

pytestmark = pytest.mark.usefixtures("all_sites")


@dataclass(frozen=True, slots=True)
class Read:
    status: int
    content_type: str
    tree: Element | None
    error: str = ""


@cache
def _client(host: str) -> Client:
    return Client(HTTP_HOST=host, raise_request_exception=False)


def read(url: str) -> Read:
    parts = urlsplit(url)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    response: Any = _client(parts.netloc).get(address)
    if response.status_code == 302 and "/konto/zaloguj/" in response["Location"]:
        return read(urljoin(url, response["Location"]))  # my account asks who I am
    content_type = response.headers.get("Content-Type", "").partition(";")[0]
    if content_type != "text/html":
        return Read(response.status_code, content_type, None)
    text = response.content.decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        return Read(response.status_code, content_type, parser.parse(text))
    except html5lib.html5parser.ParseError as error:
        line, column = parser.errors[-1][0] if parser.errors else (0, 0)
        where = text.splitlines()[line - 1][max(0, column - 80) : column + 20] if line else ""
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        return Read(response.status_code, content_type, tree, f"{error} near {where!r}")


def url_of(site: str, path: str) -> str:
    return f"http://{f'{site}.' if site else ''}localhost:{PORT}{path}"


def faults(page: Read) -> Iterator[str]:
    if page.error:
        yield f"not valid: {page.error}"
    assert page.tree is not None
    ids = Counter(e.get("id") for e in page.tree.iter() if e.get("id"))
    yield from (f"id {name!r} {times} times" for name, times in ids.items() if times > 1)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for element in page.tree.iter():
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} names nothing"
    yield from heading_faults(page.tree)
    titles = [" ".join((e.text or "").split()) for e in page.tree.iter("title")]
    if not titles or not titles[0]:
        yield "no title"
    for element in page.tree.iter():
        yield from element_faults(element)


def heading_faults(tree: Element) -> Iterator[str]:
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    main = next(iter(tree.iter("main")), tree)
    inside = [int(e.tag[1]) for e in main.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    for before, after in zip([0, *inside], inside, strict=False):
        if after > before + 1:
            yield f"h{after} after h{before}"


def element_faults(element: Element) -> Iterator[str]:
    if element.tag == "img" and element.get("alt") is None:
        yield f"picture without alt: {element.get('src')}"
    is_data = element.get("type") in {"application/json", "application/ld+json"}
    is_script = element.tag == "script" and element.get("src") is None and not is_data
    if is_script or element.tag == "style" or element.get("style") is not None:
        yield f"inline {element.tag}"
    if any(str(name).startswith("on") for name in element.attrib):
        yield f"handler on {element.tag}"
    if (
        element.tag == "a"
        and not "".join(element.itertext()).strip()
        and not element.get("aria-label")
    ):
        yield f"link without words: {element.get('href')}"
    if element.tag == "a" and not element.get("href"):
        yield f"link to nowhere: {''.join(element.itertext())[:40]!r}"
    if element.tag == "time" and not element.get("datetime"):
        yield "time without datetime"


@pytest.mark.parametrize("name", PAGES)
def test_page_of_every_kind_is_well_made(name: str) -> None:
    assert list(faults(read(url_of(*PAGES[name])))) == []


@pytest.mark.parametrize("site", CRAWLED)
def test_every_page_of_a_site_is_well_made_and_every_link_leads_somewhere(site: str) -> None:
    start = [url_of(site, path) for path in ("/", "/en/", "/uk/")]
    seen: dict[str, Read] = {}
    linked_from = dict.fromkeys(start, "")
    waiting, offences = list(start), []
    while waiting:
        url = waiting.pop()
        if not is_of(site, url) and sum(not is_of(site, other) for other in seen) >= OF_OTHERS:
            continue
        seen[url] = page = read(url)
        if page.status != 200:
            offences.append(f"{page.status} {url} linked from {linked_from[url]}")
            continue
        if page.tree is None or not is_of(site, url):
            continue
        offences += [f"{url}: {fault}" for fault in faults(page)]
        offences += [f"{url}: no {fragment}" for fragment in missing_fragments(page.tree)]
        for link in links(page.tree, url):
            if link not in linked_from:
                linked_from[link] = url
                waiting.append(link)
        assert len(seen) <= FOLLOWED, "these links never end"
    assert len(seen) >= 30
    assert not offences, "\n" + "\n".join(offences)


def is_of(site: str, url: str) -> bool:
    return urlsplit(url).hostname == f"{site}.localhost"


def links(tree: Element, base: str) -> Iterator[str]:
    """Where a page leads inside this installation: links, files, other languages, canonical."""
    for element in tree.iter():
        if "nofollow" in (element.get("rel") or ""):
            continue  # filters of the agenda: any set of them is an address
        for attribute in ("href", "src", "action"):
            target = element.get(attribute)
            if target and not target.startswith(("#", "tel:", "mailto:", "data:")):
                url = urljoin(base, target).partition("#")[0]
                parts = urlsplit(url)
                is_ours = (parts.hostname or "").endswith("localhost")
                if is_ours and not parts.path.startswith("/static/"):
                    yield url


def missing_fragments(tree: Element) -> list[str]:
    ids = {e.get("id") for e in tree.iter()}
    targets = {(e.get("href") or "") for e in tree.iter("a")}
    return sorted(t for t in targets if t.startswith("#") and t[1:] not in ids)


@pytest.mark.parametrize("site", SITES)
def test_static_files_of_a_page_exist(site: str) -> None:
    tree = read(url_of(site, "/")).tree
    assert tree is not None
    named = {
        target.partition("#")[0]
        for element in tree.iter()
        for attribute in ("href", "src")
        if (target := element.get(attribute) or "").startswith("/static/")
    }
    assert named
    assert [name for name in named if not finders.find(name.removeprefix("/static/"))] == []


@pytest.mark.parametrize("site", [*SITES, "rawicz", "srokowo", "srem", "rops-poznan"])
def test_declaration_has_each_prescribed_id_once(site: str) -> None:
    for prefix in ("", "/en", "/uk"):
        tree = read(url_of(site, f"{prefix}/deklaracja-dostepnosci/")).tree
        assert tree is not None
        found = Counter(e.get("id") for e in tree.iter() if (e.get("id") or "").startswith("a11y-"))
        if prefix and not found:
            continue  # a translation is a short text of its own
        assert {name: found[name] for name in DECLARATION_IDS} == dict.fromkeys(DECLARATION_IDS, 1)
        assert set(found.values()) == {1}
        for element in tree.iter():
            if element.get("id") in DATED_IDS:
                assert element.tag == "time"
                assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", element.get("datetime") or "")


@pytest.mark.parametrize("site", SITES)
def test_every_footer_leads_to_the_declaration(site: str) -> None:
    for path in ("/", "/kontakt/", "/szukaj/", "/nie-ma/"):
        tree = read(url_of(site, path)).tree
        assert tree is not None
        [footer] = tree.iter("footer")
        assert "/deklaracja-dostepnosci/" in {a.get("href") for a in footer.iter("a")}
        metas = [
            m.get("content") for m in tree.iter("meta") if m.get("name") == "deklaracja-dostępności"
        ]
        assert metas == [url_of(site, "/deklaracja-dostepnosci/")]
