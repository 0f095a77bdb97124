"""Somebody at a browser who becomes a volunteer: answers question after question."""

import re
from html import unescape
from typing import Any

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import make_district

JOIN = "/en/wolontariat/dolacz/"
OWN = "/en/konto/wolontariat/"
ANSWERS: dict[str, dict[str, Any]] = {
    "umiejetnosci": {"skills": ["company", "shopping"]},
    "jezyki": {"languages": ["pl", "uk"]},
    "kiedy": {"slots": ["0-rano", "0-dzien", "3-wieczor"]},
    "okolica": {"district": "", "radius_km": "3"},
    "dojazd": {"transport": "bicycle"},
    "godziny": {"weekly_hours": "3"},
    "wiek": {"age": "dorosla"},
    "dzieci": {"with_children": "nie"},
    "uwagi": {"about": "Boję się psów."},
}


def words(response: Any) -> str:
    """The text of ``main``, in one line."""
    body = response.content.decode()
    main = body.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.partition(">")[2])).split())


def title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(" ".join(found[1].split()))


class Joiner:
    """A resident who is logged in, on a site with one part of the gmina."""

    def __init__(self, site: Tenant, role: str = "resident") -> None:
        self.client = SiteClient(site)
        self.user = self.client.log_in(role)
        with bind(site):
            self.district = make_district()

    def say(self, question: str, **other: Any) -> Any:
        """Send an answer; those of ``ANSWERS`` unless others are given."""
        answer = {**ANSWERS[question], **other}
        if question == "okolica" and not answer["district"]:
            answer["district"] = str(self.district.pk)
        return self.client.post(f"{JOIN}{question}/", answer)

    def answer_all(self, **others: dict[str, Any]) -> None:
        for question in ANSWERS:
            response = self.say(question, **others.get(question, {}))
            assert response.status_code == 302, words(response)

    def join(self) -> Any:
        self.answer_all()
        return self.client.post(f"{JOIN}sprawdz/")
