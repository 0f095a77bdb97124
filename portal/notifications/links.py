"""Absolute addresses for messages, which are written where no request is at hand."""

from wagtail.models import Site


def absolute(path: str) -> str:
    """``/konto/`` → ``https://srem.example.pl/konto/`` of the bound site."""
    site = Site.objects.get(is_default_site=True)
    return f"{site.root_url}{path}"
