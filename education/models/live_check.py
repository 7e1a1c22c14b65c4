"""Model of what the publish checks found in the text that readers see of one item."""

from typing import TypedDict

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class LiveError(TypedDict):
    """One error: its column or list (may be empty), the language of that column, and its sentence by language."""

    field: str
    language: str
    prescribed: bool
    text: dict[str, str]


class LiveCheck(models.Model):
    """The errors in what readers see of one item, as housekeeping found them at ``checked_at``.

    Everything that the list of errors shows is stored here, in each language, so that the list needs one query.
    """

    class Rank(models.IntegerChoices):
        """How serious the worst error is."""

        NONE = 0
        ERROR = 1
        PRESCRIBED = 2  # a sentence of the safety rules is missing

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    name = models.JSONField(default=dict)  # of the item, by language
    errors = models.JSONField(default=list)  # of LiveError
    rank = models.PositiveSmallIntegerField(default=Rank.NONE)
    checked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_live_check_for_each_item")
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"
