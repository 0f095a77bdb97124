from django.conf import settings


def localised(path: str, language: str | None) -> str:
    """``uslugi/`` → ``/uslugi/`` in Polish, ``/en/uslugi/`` in English."""
    if language in {None, settings.LANGUAGE_CODE}:
        return f"/{path}"
    return f"/{language}/{path}"
