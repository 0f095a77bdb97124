"""Page types of a site, their parts, pictures and documents."""

from cms_pages.models.base import BasePage
from cms_pages.models.contact import ContactPage
from cms_pages.models.home import HomePage
from cms_pages.models.legal import AccessibilityPage, MinorsPage, PrivacyPage
from cms_pages.models.media import SiteDocument, SiteImage, SiteRendition
from cms_pages.models.news import NewsIndexPage, NewsPage
from cms_pages.models.project import ProjectPage
from cms_pages.models.service import (
    CostKind,
    CostOption,
    RequiredDocument,
    ServiceAvailability,
    ServiceIndexPage,
    ServicePage,
)
from cms_pages.models.standard import EasyReadPage, StandardPage

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "ContactPage",
    "CostKind",
    "CostOption",
    "EasyReadPage",
    "HomePage",
    "MinorsPage",
    "NewsIndexPage",
    "NewsPage",
    "PrivacyPage",
    "ProjectPage",
    "RequiredDocument",
    "ServiceAvailability",
    "ServiceIndexPage",
    "ServicePage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
]
