"""Model of the loaded starter content. It prevents loading an item twice and overwriting an editor's work."""

from django.db import models


class StarterItem(models.Model):
    """One item of the starter files: digests of the file's content and of the row made from it."""

    name = models.CharField(max_length=120, unique=True)  # "guide:6"
    file_digest = models.CharField(max_length=64)
    # Digest without routine checks, which are not edits. Empty: the row existed before the project shipped this key.
    row_digest = models.CharField(max_length=64, blank=True)
    # True if a shipped correction is neither in the row nor waiting for a decision.
    correction_skipped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
