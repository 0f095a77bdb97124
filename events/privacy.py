"""What this app keeps about people, and for how long."""


def declare_all() -> None: ...
