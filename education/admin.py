"""Puts the editors' room into the admin site."""

from education.editorial import (  # noqa: F401 - importing registers the pages
    directory,
    items,
    learning,
    readers_say,
    revisions,
    search,
    work,
)
