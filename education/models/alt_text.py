"""Model of the alt texts that somebody has to read, because the picture that they describe was replaced."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .picture import Picture


class AltToRead(models.Model):
    """An alt text that one item says of ``picture`` in one language, written for a file that was replaced since.

    ``tag`` is the picture as the text stores it, empty for a cover: it finds the alt text again while it is there.
    Who reads it says "still correct" (``read_by``), or changes it, after which the item does not hold ``tag``.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="alts_to_read")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    language = models.CharField(max_length=10)
    alt = models.TextField()
    tag = models.TextField(blank=True)
    replaced_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["replaced_at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.alt
