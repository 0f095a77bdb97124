"""What people are asked to agree to, in the words in force now."""

import tomllib
from functools import cache
from pathlib import Path

from django.db import transaction

from portal.accounts.models import ConsentPurpose, ConsentText

_FILE = Path(__file__).parent / "content" / "consents.toml"


def current_text(purpose: ConsentPurpose | str) -> ConsentText:
    """The words in force; a new wording in ``content/consents.toml`` is stored as a new version
    the first time somebody is shown it."""
    texts = _wordings()[str(purpose)]
    latest = _latest(purpose)
    if latest is None or latest.texts != texts:
        return _next_version(purpose, texts, after=latest.version if latest else 0)
    return latest


def _next_version(purpose: ConsentPurpose | str, texts: dict[str, str], after: int) -> ConsentText:
    """Two who come first at once get one version: the number is unique."""
    with transaction.atomic():
        made, _is_new = ConsentText.objects.get_or_create(
            purpose=purpose, version=after + 1, defaults={"texts": texts}
        )
    return made


def _latest(purpose: ConsentPurpose | str) -> ConsentText | None:
    return ConsentText.objects.filter(purpose=purpose).order_by("-version").first()


@cache
def _wordings() -> dict[str, dict[str, str]]:
    with _FILE.open("rb") as file:
        return {
            purpose: {language: text.strip() for language, text in texts.items()}
            for purpose, texts in tomllib.load(file).items()
        }
