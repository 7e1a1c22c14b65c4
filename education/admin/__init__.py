"""Admin pages of the editors. Importing the package registers them."""

from education.admin import (  # noqa: F401
    dashboard,
    directory,
    feedback_panel,
    help_blocks,
    helpline_roles,
    items,
    learning,
    links,
    pictures,
    revisions,
    search,
)
