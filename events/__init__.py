"""The calendar of workshops and integration activities."""
