"""Who could help whom: numbers in, numbers out. Nothing here knows the database or the screens."""
