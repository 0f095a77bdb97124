"""``uv run python -m tests.bench NAME``: prints one line per figure of one of the benches below."""

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

import django

from tenants.devdb import remove_cluster, running_cluster

# Each module has ``figures(sites)``, which yields them as they are measured.
BENCHES = {
    "tenancy": "tests.bench.tenancy",
    "pages": "tests.bench.pages",
    "outbox": "tests.bench.outbox",
    "booking": "tests.bench.booking",
    "matching": "tests.bench.matching",
    "invitations": "tests.bench.invitations",
    "serving": "tests.bench.serving",
    "sockets": "tests.bench.sockets",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--sites", type=int, default=150, help="size of the large fleet")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gromada-bench-") as folder:
        # Read by the settings, here and in the processes that are measured.
        os.environ["GROMADA_TEST_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        data = Path(folder)
        try:
            with running_cluster(data, throwaway=True):
                django.setup()
                for figure in import_module(BENCHES[options.bench]).figures(options.sites):
                    print(figure, flush=True)
        finally:
            remove_cluster(data)


if __name__ == "__main__":
    main()
