"""Search over a site's pages as people type: without Polish letters, half a word, a slip of a key.

There is no Polish stemmer; the start of a word and trigrams of whole words stand in for it.
"""

from django.conf import settings
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, FloatField, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from cms_pages.models import BasePage
from tenants.polish import search_key

WORDS_USED = 8
# Shorter words are alike by accident: "dom" and "dam" share too little to tell.
SHORTEST_FUZZY_WORD = 4
LIKENESS = 0.4


def _original_url_path() -> Subquery:
    """Where the Polish page of each result is: results are linked to by that path."""
    return Subquery(
        BasePage.objects.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
        ).values("url_path")[:1]
    )


class _Unaccent(Func):
    function = "unaccent"


def find_pages(text: str, *, language: str) -> QuerySet[BasePage]:
    """Live pages in a language that contain every word of ``text``, best first.

    A word is contained when a word of the page starts with it, or is like it (``uslgi`` finds
    ``usługi``). Nothing typed finds nothing.
    """
    words = search_key(text).split()[:WORDS_USED]
    if not words:
        nothing: QuerySet[BasePage] = BasePage.objects.none()
        return nothing
    pages = BasePage.objects.live().filter(depth__gt=1, locale__language_code=language)
    for number, word in enumerate(words):
        contains = Q(search_text__contains=f" {word}")
        if len(word) >= SHORTEST_FUZZY_WORD:
            likeness = f"likeness_{number}"
            pages = pages.alias(**{likeness: TrigramWordSimilarity(word, "search_text")})
            contains |= Q(**{f"{likeness}__gte": LIKENESS})
        pages = pages.filter(contains)
    title = _Unaccent(Lower("title"))
    found: QuerySet[BasePage] = pages.annotate(
        original_url_path=_original_url_path(),
        in_title=TrigramWordSimilarity(" ".join(words), title),
        starts=Case(
            When(search_text__startswith=f" {words[0]}", then=Value(1.0)),
            default=Value(0.0),
            output_field=FloatField(),
        ),
    ).order_by("-starts", "-in_title", "title")
    return found
