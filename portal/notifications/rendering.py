"""The words of a message in each language: subject, text and SMS.

HTML is made of the text when the mail is built, so the two never say different things.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from tenants.binding import current_tenant


class Words(TypedDict):
    subject: str
    text: str
    sms: str


# Language code → words.
Content = dict[str, Words]


def rendered(key: str, languages: Iterable[str], context: Mapping[str, Any]) -> Content:
    """
    Raises:
        TemplateDoesNotExist: the kind lacks ``emails/<key>.subject.txt`` or ``.txt``.
    """
    return {language: _words(key, language, context) for language in sorted(languages)}


def _words(key: str, language: str, context: Mapping[str, Any]) -> Words:
    values = {"tenant": current_tenant(), **context}
    with translation.override(language):
        text = render_to_string(f"emails/{key}.txt", values).strip()
        subject = " ".join(render_to_string(f"emails/{key}.subject.txt", values).split())
        try:
            sms = " ".join(render_to_string(f"emails/{key}.sms.txt", values).split())
        except TemplateDoesNotExist:
            sms = subject
    return {"subject": subject, "text": text, "sms": sms}
