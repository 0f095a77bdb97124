from collections.abc import Iterator
from contextlib import contextmanager

from portal.entrance.requests import OwnRequest
from portal.panel.help.card import in_words
from portal.panel.refusing import refusals_told
from volunteering.refusals import RulesBroken


@contextmanager
def rules_told(request: OwnRequest) -> Iterator[None]:
    """:func:`refusals_told`, where a block is named to those alone who may know of it."""
    with refusals_told(request):
        try:
            yield
        except RulesBroken as refusal:
            words = "; ".join(in_words(refusal.codes, request.user))
            raise RulesBroken(refusal.codes, words) from refusal
