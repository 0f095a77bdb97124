"""Codes of bookings: read out over the telephone and typed at the door."""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

P = ParamSpec("P")
R = TypeVar("R")

# Without O and 0, I and 1, which look alike.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 6


def new_code() -> str:
    """One of a thousand million; the database refuses one that was given before."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal(typed: str) -> str:
    """``rk7-4m9`` as it is kept: ``RK74M9``."""
    return re.sub(r"[\W_]", "", typed).upper()


def again_if_code_was_given(action: Callable[P, R]) -> Callable[P, R]:
    """Do the whole action once more, with another code, should the code be somebody's."""

    @wraps(action)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return action(*args, **kwargs)
        except IntegrityError as error:
            constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
            if "code" not in (constraint or ""):
                raise
            return action(*args, **kwargs)

    return act
