"""Work that waits for its hour."""
