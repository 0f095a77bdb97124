import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CAST_DATABASE, _create_database, _drop_database
from tests.serving.behind_nginx import NGINX, Served, serving

_copies = count()


@pytest.fixture(scope="package")
def nginx_is_here() -> None:
    if not Path(NGINX).exists():
        reason = "no nginx: apt-get install nginx-light"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="package")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Of these tests alone: other processes write to it."""
    name = f"own_served_{os.getpid()}_{next(_copies)}"
    with django_db_blocker.unblock():
        _create_database(name, copy_of=CAST_DATABASE)
        yield name
        _drop_database(name)


@pytest.fixture(scope="package")
def served(
    nginx_is_here: None, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """``manage.py serve`` behind nginx, once for all tests of this folder."""
    with serving(database, tmp_path_factory.mktemp("served")) as served:
        yield served
