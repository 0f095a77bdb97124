"""The editors' admin needs what public pages are refused: Wagtail styles elements from scripts."""

from csp.decorators import csp_replace

for_the_cms = csp_replace(
    {
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-src": ["'self'"],
    }
)
