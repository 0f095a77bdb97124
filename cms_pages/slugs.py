"""Addresses directly under the home page: whose they are, and which are not to be had.

Home pages are ``/home/``, ``/home-en/`` and ``/home-uk/`` in the tree; a reader sees none of that:
every page is addressed by its path under the Polish home, with ``/en/`` or ``/uk/`` before it.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HOME_SLUG = "home"
HOME_DEPTH = 2
HOME_URL_PATH = f"/{HOME_SLUG}/"

ABOUT = "o-nas"
PROJECT = "o-projekcie"
SERVICES = "uslugi"
NEWS = "aktualnosci"
CONTACT = "kontakt"
ACCESSIBILITY = "deklaracja-dostepnosci"
PRIVACY = "prywatnosc"
MINORS = "standardy-ochrony-maloletnich"
EASY_READ = "tekst-latwy-do-czytania"

# Linked to from law, posters and other sites; they never change.
SECTION_SLUGS = frozenset(
    {ABOUT, PROJECT, SERVICES, NEWS, CONTACT, ACCESSIBILITY, PRIVACY, MINORS, EASY_READ}
)

# What every footer links to, by the role a template asks for.
FOOTER_SLUGS = {
    ABOUT: "about",
    CONTACT: "contact",
    EASY_READ: "easy_read",
    ACCESSIBILITY: "accessibility",
    PRIVACY: "privacy",
    MINORS: "minors",
}

# First parts of addresses that our own URLs own or will own; a page there could never be opened.
RESERVED_SLUGS = frozenset(
    {
        "api", "cms", "demo", "dokumenty", "en", "konto", "media", "panel", "pl", "pomoc",
        "robots.txt", "sitemap.xml", "static", "szukaj", "theme", "uk", "wiadomosci", "wolontariat",
        "ws", "wydarzenia",
    }
)  # fmt: skip


def refuse_reserved(slug: str) -> None:
    """Check an address asked for directly under the home page.

    Raises:
        ValidationError: the address belongs to the portal itself, or to a section's own page.
    """
    if slug in RESERVED_SLUGS or slug.startswith("theme."):
        raise ValidationError(
            {
                "slug": _(
                    "The address “%(slug)s” belongs to the portal itself. Choose another, "
                    "for instance “%(slug)s-2”."
                )
                % {"slug": slug}
            }
        )
    if slug in SECTION_SLUGS:
        raise ValidationError(
            {
                "slug": _(
                    "The address “%(slug)s” is kept for one page of every site. Choose another."
                )
                % {"slug": slug}
            }
        )
