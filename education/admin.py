"""Puts the editors' room into the admin site."""

from education.editorial import directory, items, readers_say, revisions, search, work  # noqa: F401 - importing registers the pages
