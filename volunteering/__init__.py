"""Volunteering and neighbourhood help."""
