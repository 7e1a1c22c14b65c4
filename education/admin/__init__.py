"""Admin pages of the editors. Importing the package registers them."""

from education.admin import dashboard, directory, feedback_panel, items, learning, revisions, search  # noqa: F401
