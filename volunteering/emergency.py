"""Whether what somebody wrote sounds as if an ambulance, the fire brigade or the police were needed
rather than a neighbour. It only decides about a warning with a way on, so it may be wrong."""

import re

from tenants.polish import search_key

# Whole words as ``search_key`` writes them; a star stands for any ending.
_POLISH = (
    "udar", "udaru", "wylew", "zawal", "zawalu", "nie oddycha", "przestal* oddychac", "dusi sie",
    "dusze sie", "dusznosc*", "krwawi*", "krwotok*", "nieprzytomn*", "stracil* przytomnosc",
    "zemdlal*", "drgawki", "bol w klatce", "nie moze wstac", "nie moge wstac", "nie reaguje",
    "zatrul*", "zatrucie", "porazenie pradem", "karetk*", "pogotowie ratunkowe", "umiera",
    "umieram", "ratunku", "mial* wypadek", "byl wypadek", "zdarzyl sie wypadek", "pozar", "pozaru",
    "pali sie", "ulatnia sie gaz", "czuc gaz", "czad", "czadem", "topi sie", "wlamani*", "wlamal*",
    "samoboj*", "zabic sie", "zabije sie", "nie chce zyc", "nie chce juz zyc",
    "odebrac sobie zycie", "przemoc*", "bije mnie", "pobil*", "grozi mi", "gwalt", "zgwalc*",
)  # fmt: skip
_UKRAINIAN = (
    "інсульт*", "інфаркт*", "не дихає", "задихає*", "задуха", "кровотеч*", "стікає кров*",
    "непритомн*", "знепритом*", "втратил* свідомість", "втратив свідомість", "не може встати",
    "швидка допомога", "швидку допомогу", "швидку", "аварія", "нещасний випадок", "пожежа",
    "пожежі", "горить", "витік газу", "самогуб*", "не хочу жити", "убити себе", "насильств*",
    "б є мене", "бє мене", "зґвалт*", "рятуйте", "помирає",
)  # fmt: skip
_ENGLISH = (
    "stroke", "heart attack", "not breathing", "cannot breathe", "can t breathe", "choking",
    "bleeding", "unconscious", "passed out", "fainted", "seizure", "chest pain", "cannot get up",
    "can t get up", "overdose", "poisoned", "ambulance", "had an accident", "on fire", "gas leak",
    "drowning", "suicid*", "kill myself", "want to die", "beats me", "violence", "raped", "dying",
)  # fmt: skip


_SIGNS = "|".join((*_POLISH, *_UKRAINIAN, *_ENGLISH)).replace("*", r"\w*")
_SOUNDS_LIKE_IT = re.compile(rf"\b(?:{_SIGNS})\b")


def sounds_like_emergency(text: str) -> bool:
    """``Babcia nie oddycha!`` does, ``zakupy na wypadek śniegu`` does not."""
    return _SOUNDS_LIKE_IT.search(search_key(text)) is not None
