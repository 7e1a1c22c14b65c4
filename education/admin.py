"""Puts the editors' room into the admin site."""

from education.editorial import directory, items, search, work  # noqa: F401 - importing registers the pages
