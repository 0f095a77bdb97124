"""Activities by the words people type: without Polish letters, half a word, a slip of a key."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Exists, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, Lower

from events.models import Activity, ActivityText, Session
from tenants.polish import search_key

WORDS_USED = 8
# Shorter words are alike by accident.
SHORTEST_FUZZY_WORD = 4
LIKENESS = 0.4


class _Unaccent(Func):
    function = "unaccent"


def said_about(words: str) -> QuerySet[ActivityText]:
    """Published texts whose title and lead contain each word, or its beginning, or nearly so."""
    texts = ActivityText.objects.filter(live=True).alias(
        said=Concat(Value(" "), _Unaccent(Lower(Concat("title", Value(" "), "lead"))))
    )
    for number, word in enumerate(search_key(words).split()[:WORDS_USED]):
        contains = Q(said__contains=f" {word}")
        if len(word) >= SHORTEST_FUZZY_WORD:
            likeness = f"likeness_{number}"
            texts = texts.alias(**{likeness: TrigramWordSimilarity(word, "said")})
            contains |= Q(**{f"{likeness}__gte": LIKENESS})
        texts = texts.filter(contains)
    return texts


def find_activities(text: str) -> QuerySet[Activity]:
    """Published activities about ``text``, each with ``next_at``, when it is on next; those that
    have no further date come last. Nothing typed finds none."""
    if not search_key(text):
        return Activity.objects.none()
    coming = Session.objects.filter(activity=OuterRef("pk")).taking_place().upcoming().in_order()
    likeness = TrigramWordSimilarity(search_key(text), _Unaccent(Lower("title")))
    found = said_about(text).filter(activity=OuterRef("pk"))
    return (
        Activity.objects.published()
        .filter(Exists(found))
        .annotate(
            next_at=Subquery(coming.values("starts_at")[:1]),
            is_over=Case(When(next_at__isnull=True, then=1), default=0),
            likeness=Subquery(
                found.annotate(likeness=likeness).order_by("-likeness").values("likeness")[:1]
            ),
        )
        .order_by("is_over", "-likeness", "slug")
        .with_texts()
    )
