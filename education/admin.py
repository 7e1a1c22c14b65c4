"""Puts the editors' room into the admin site."""

from education.editorial import directory, items, revisions, search, work  # noqa: F401 - importing registers the pages
