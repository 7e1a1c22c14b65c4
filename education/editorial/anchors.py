"""Where the form of an item shows a field."""

from education.models.snapshot import ROWS


def anchor(field: str) -> str:
    """The id of ``field`` or of its rows, as the admin names the parts of its page."""
    if field in ROWS:
        return f"{field}-group"
    return f"id_{field}_0" if field in {"publish_at", "archive_at"} else f"id_{field}"
