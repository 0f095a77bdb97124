"""Everything we keep about a person, for them to take away (GDPR art. 15 and 20)."""

import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.accounts.privacy import Declaration, declarations
from tenants.binding import current_tenant
from tenants.formats import day

FORMAT = "gromada-export/1"


def export_archive(person: Person) -> bytes:
    """A ZIP with ``data.json`` for machines and ``index.html`` for people, in their language."""
    with translation.override(person.language):
        made_at = timezone.localtime()
        parts = [(declaration, declaration.export(person)) for declaration in declarations()]
        archive = BytesIO()
        with ZipFile(archive, "w", ZIP_DEFLATED) as folder:
            folder.writestr("data.json", _for_machines(person, made_at, parts))
            folder.writestr("index.html", _for_people(person, made_at, parts))
    return archive.getvalue()


def _for_machines(person: Person, made_at: datetime, parts: list[tuple[Declaration, Any]]) -> str:
    document = {
        "format": FORMAT,
        "site": current_tenant().name,
        "made_at": made_at,
        "person": person.pk,
        "language": person.language,
        "parts": {
            declaration.key: {
                "label": str(declaration.label),
                "basis": str(declaration.basis),
                "kept_for": str(declaration.kept_for),
                "data": data,
            }
            for declaration, data in parts
        },
    }
    return json.dumps(document, cls=_Encoder, ensure_ascii=False, indent=2)


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, Promise) else super().default(o)


def _for_people(person: Person, made_at: datetime, parts: list[tuple[Declaration, Any]]) -> str:
    names: dict[str, Promise | str] = {}
    for declaration, _data in parts:
        names |= declaration.names
    return render_to_string(
        "accounts/archive.html",
        {
            "person": person,
            "site": current_tenant(),
            "made_at": made_at,
            "parts": [(declaration, _readable(data, names)) for declaration, data in parts],
        },
    )


def _readable(data: Any, names: Mapping[str, Promise | str]) -> Any:
    """``{"pairs": …}``, ``{"items": …}`` or ``{"text": …}``, for the template to walk through."""
    if isinstance(data, Mapping):
        named = [(names.get(key, key.replace("_", " ")), value) for key, value in data.items()]
        return {"pairs": [(name, _readable(value, names)) for name, value in named]}
    if isinstance(data, list | tuple):
        return {"items": [_readable(item, names) for item in data]}
    return {"text": _in_words(data)}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and (moment := _moment(value)):
        value = moment
    if isinstance(value, datetime):
        return f"{day(timezone.localtime(value))}, {timezone.localtime(value):%H:%M}"
    return "–" if value is None or value == "" else str(value)


def _moment(text: str) -> datetime | None:
    """A moment written for machines: ``2026-11-22T04:21:28+00:00``."""
    if len(text) < 19 or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None
