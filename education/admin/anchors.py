"""Where the admin shows a field of an item, and what it said before."""

from django.db.models import Model
from django.urls import reverse

from education.models.serialization import ROWS


def anchor(field: str) -> str:
    """The id of ``field`` or of its rows, as the admin names the parts of its page."""
    if field in ROWS:
        return f"{field}-group"
    return f"id_{field}_0" if field in {"publish_at", "archive_at"} else f"id_{field}"


def versions_address(item: Model) -> str:
    """Return the address of the list of what ``item`` said before."""
    return f"{reverse('admin:education_revision_changelist')}?of={item._meta.model_name}:{item.pk}"
