"""Links that nobody was given."""


def forged(address: str) -> str:
    """The same address with another token at its end, of the same length."""
    rest, _slash, token = address.rstrip("/").rpartition("/")
    return f"{rest}/{token[::-1]}/"
