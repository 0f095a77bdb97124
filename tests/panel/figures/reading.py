"""What stands in the tables, charts and files."""

import csv
import re
from html import unescape
from xml.etree import ElementTree

from tests.conftest import SiteClient
from tests.panel.figures.spring import MONTHS

ADDRESS = "/en/panel/liczby/"


def page_of(visitor: SiteClient, query: str = MONTHS) -> str:
    return visitor.get(f"{ADDRESS}?{query}").content.decode()


def table(page: str, key: str) -> list[list[str]]:
    """Without its head."""
    part = page.split(f'<caption id="{key}-table">')[1].split("</table>", maxsplit=1)[0]
    body = part.split("</thead>")[1]
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


def bars(page: str, key: str) -> list[str]:
    """``March 2025: 7`` of each bar; the picture is well-formed."""
    for svg in re.findall(r"<svg class=\"bar chart\".*?</svg>", page, re.DOTALL):
        root = ElementTree.fromstring(svg)  # noqa: S314 (our own)
        named = root.find("title")
        if named is not None and named.get("id") == f"{key}-title":
            assert root.find("desc") is not None
            assert "style" not in svg
            return [str(bar.findtext("title")) for bar in root.findall("rect")]
    return []


def file(visitor: SiteClient, key: str, query: str = MONTHS) -> list[list[str]]:
    answer = visitor.get(f"{ADDRESS}{key}.csv?{query}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
