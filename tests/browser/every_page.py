"""One page of every kind, and of every kind of project: name → site ("" is the bare domain), path.

A page type, or a state of one that looks different, gets a row here and with it every check of
this folder.
"""

from django.utils import timezone

_TODAY = timezone.localdate()

PAGES = {
    "directory": ("", "/"),
    "directory-found": ("", "/?q=srem"),
    "directory-elsewhere": ("", "/?q=Warszawa"),
    "directory-nothing": ("", "/?q=qqq"),
    "directory-for-gminas": ("", "/dla-gmin/"),
    "directory-accessibility": ("", "/deklaracja-dostepnosci/"),
    "directory-404": ("", "/nie-ma/"),
    "directory-en": ("", "/en/"),
    "home": ("rokietnica", "/"),
    "home-en": ("rokietnica", "/en/"),
    "home-uk": ("kety", "/uk/"),
    "home-leader": ("rops-krakow", "/"),
    "project": ("rokietnica", "/o-projekcie/"),
    "project-grant-only": ("wojcieszkow", "/o-projekcie/"),
    "project-months": ("srokowo", "/o-projekcie/"),
    "project-running": ("kety", "/o-projekcie/"),
    "project-leader": ("rops-krakow", "/o-projekcie/"),
    "project-en": ("kety", "/en/o-projekcie/"),
    "services": ("rokietnica", "/uslugi/"),
    "services-leader": ("rops-poznan", "/uslugi/"),
    "service": ("rokietnica", "/uslugi/pomoc-w-domu/"),
    "service-untranslated": ("rokietnica", "/en/uslugi/pomoc-w-domu/"),
    "news": ("rokietnica", "/aktualnosci/"),
    "news-item": ("rokietnica", "/aktualnosci/powstalo-cus/"),
    "contact": ("rokietnica", "/kontakt/"),
    "contact-hours": ("wojcieszkow", "/kontakt/"),
    "contact-unknown": ("liszki", "/kontakt/"),
    "contact-uk": ("rokietnica", "/uk/kontakt/"),
    "events": ("rokietnica", "/wydarzenia/"),
    "events-month": ("rokietnica", f"/wydarzenia/miesiac/{_TODAY.year}-{_TODAY.month}/"),
    "events-leader": ("rops-poznan", "/wydarzenia/"),
    "event": ("rokietnica", "/wydarzenia/smartfon-bez-strachu/"),
    "volunteering": ("rokietnica", "/wolontariat/"),
    "opportunity": ("rokietnica", "/wolontariat/oferta/paczki-dla-seniorow/"),
    "help": ("rokietnica", "/pomoc-sasiedzka/"),
    "search": ("rokietnica", "/szukaj/"),
    "search-found": ("rokietnica", "/szukaj/?q=pomoc"),
    "search-nothing": ("rokietnica", "/szukaj/?q=qqq"),
    "about": ("rokietnica", "/o-nas/"),
    "declaration": ("rokietnica", "/deklaracja-dostepnosci/"),
    "declaration-en": ("rokietnica", "/en/deklaracja-dostepnosci/"),
    "privacy": ("rokietnica", "/prywatnosc/"),
    "minors": ("rokietnica", "/standardy-ochrony-maloletnich/"),
    "easy-read": ("rokietnica", "/tekst-latwy-do-czytania/"),
    "404": ("rokietnica", "/nie-ma-mnie/"),
    "unknown-host": ("nieznany", "/"),
}
# Those without a frame around them: nothing to skip, no languages, no menu.
PLAIN = {"unknown-host"}
ON_A_SITE = [name for name, (site, _path) in PAGES.items() if site and name not in PLAIN]
