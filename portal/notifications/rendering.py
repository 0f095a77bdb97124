"""The words of a message in each language: subject, text and SMS.

HTML is made of the text when the mail is built, so the two never say different things.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict

from django.template import Context, Engine, TemplateDoesNotExist
from django.utils import translation

from tenants.binding import current_tenant


class Words(TypedDict):
    subject: str
    text: str
    sms: str
    # Written by somebody else's template; ours is made of the text.
    html: NotRequired[str]


# Language code → words.
Content = dict[str, Words]


def rendered(key: str, languages: Iterable[str], context: Mapping[str, Any]) -> Content:
    """
    Raises:
        TemplateDoesNotExist: the kind lacks ``emails/<key>.subject.txt`` or ``.txt``.
    """
    return {language: _words(key, language, context) for language in sorted(languages)}


def plain(template: str, values: Mapping[str, Any]) -> str:
    """Rendered as text, where `O'Connor & Syn` needs no escaping."""
    found = Engine.get_default().get_template(template)
    return str(found.render(Context(values, autoescape=False))).strip()


def _words(key: str, language: str, context: Mapping[str, Any]) -> Words:
    values = {"tenant": current_tenant(), **context}
    with translation.override(language):
        subject = " ".join(plain(f"emails/{key}.subject.txt", values).split())
        text = plain(f"emails/{key}.txt", values)
        try:
            sms = " ".join(plain(f"emails/{key}.sms.txt", values).split())
        except TemplateDoesNotExist:
            sms = subject
    return {"subject": subject, "text": text, "sms": sms}
