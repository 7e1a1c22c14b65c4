"""Model of unsaved texts: what somebody has typed into a form and not saved yet."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import UniqueConstraint


class UnsavedTextQuerySet(models.QuerySet):
    """Query set of unsaved texts, with the filter for one item."""

    def for_item(self, item: models.Model) -> Self:
        """Return the unsaved texts of ``item``; of new items of its kind if it has no key yet."""
        return self.filter(**key_of(item))


class UnsavedText(models.Model):
    """What one person typed into one input of one item, on one opened page. Only that person gets it back.

    It is no version: publishing knows nothing of it. ``values`` are those of the input (several for a list of choices),
    ``seen`` names the saved text that was there when they began.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()  # 0: a new item
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=20)
    field = models.CharField(max_length=100)
    values = models.JSONField()
    seen = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        ordering = ["changed_at", "pk"]
        default_permissions = ()
        constraints = [
            UniqueConstraint(fields=["content_type", "object_id", "user", "page", "field"], name="unsaved_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}-{self.object_id}: {self.field}"

    @property
    def text(self) -> str:
        """Return the value of an input that has only one."""
        return self.values[0] if self.values else ""


def key_of(item: models.Model) -> dict[str, Any]:
    """Return the columns that say to which item an unsaved text belongs."""
    return {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk or 0}
