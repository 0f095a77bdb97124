"""What the settings must know before Django reads them: that this is the demo, and its folder."""

import os
from argparse import ArgumentParser
from pathlib import Path


def prepare(arguments: list[str]) -> None:
    """Set the environment from the arguments of ``manage.py demo``."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    data = parser.parse_known_args(arguments)[0].data
    os.environ["DEMO"] = "1"
    if data is not None:
        os.environ["GROMADA_DATA"] = str(data.expanduser().resolve())
