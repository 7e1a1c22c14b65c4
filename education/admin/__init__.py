"""The editors' pages of the Django admin; importing the package registers them."""

from education.admin import dashboard, directory, feedback_panel, items, learning, revisions, search  # noqa: F401
