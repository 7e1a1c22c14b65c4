"""Anchors and addresses that admin pages use to link to a field or to the versions of an item."""

from django.db.models import Model
from django.urls import reverse

from education.models.serialization import ROWS


def anchor(field: str) -> str:
    """Return the HTML id of ``field`` or of its inline rows, as the admin generates it."""
    if field in ROWS:
        return f"{field}-group"
    return f"id_{field}_0" if field in {"publish_at", "archive_at"} else f"id_{field}"


def versions_url(item: Model) -> str:
    """Return the address of the list of versions of ``item``."""
    return f"{reverse('admin:education_revision_changelist')}?of={item._meta.model_name}:{item.pk}"
