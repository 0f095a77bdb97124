"""Absolute addresses, of this site and of its siblings, for where no request is at hand."""

from urllib.parse import urlsplit

from wagtail.models import Site


def absolute(path: str) -> str:
    """``/konto/`` → ``https://srem.example.pl/konto/`` of the bound site."""
    return f"{_root_url()}{path}"


def on_sibling(domain: str, path: str) -> str:
    """An address on another site of this installation: our scheme and port, its host."""
    here = urlsplit(_root_url())
    port = f":{here.port}" if here.port else ""
    return f"{here.scheme}://{domain}{port}{path}"


def _root_url() -> str:
    """Wagtail remembers it until the site is saved."""
    (root, *_others) = Site.get_site_root_paths()
    return str(root.root_url)
