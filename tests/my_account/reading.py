"""What a page says, without its tags."""

import re
from html import unescape
from typing import Any


def words(response: Any) -> str:
    """The text of ``main``, in one line."""
    body = response.content.decode()
    main = body.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.partition(">")[2])).split())


def title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(" ".join(found[1].split()))
