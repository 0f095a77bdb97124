import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from django.core.cache import caches
from django.test import override_settings

from portal import urls

NAME = "urls_of_the_demo"


@contextmanager
def as_demo() -> Iterator[str]:
    """Serve as ``manage.py demo`` does: the URLs are read anew with ``DEMO`` on; their name."""
    with override_settings(DEMO=True):
        spec = spec_from_file_location(NAME, Path(urls.__file__))
        assert spec
        assert spec.loader
        module = module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
        with override_settings(ROOT_URLCONF=NAME):
            caches["pages"].clear()
            yield NAME
    caches["pages"].clear()
    del sys.modules[NAME]
