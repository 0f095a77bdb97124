"""Absolute addresses, of this site and of its siblings, for where no request is at hand."""

from urllib.parse import urlsplit

from wagtail.models import Site


def absolute(path: str) -> str:
    """``/konto/`` → ``https://srem.example.pl/konto/`` of the bound site."""
    site = Site.objects.get(is_default_site=True)
    return f"{site.root_url}{path}"


def on_sibling(domain: str, path: str) -> str:
    """An address on another site of this installation: our scheme and port, its host."""
    root_paths = Site.get_site_root_paths()
    here = urlsplit(root_paths[0].root_url if root_paths else "http://localhost")
    port = f":{here.port}" if here.port else ""
    return f"{here.scheme}://{domain}{port}{path}"
