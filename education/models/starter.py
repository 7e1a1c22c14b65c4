"""Which starter content was loaded, so that loading again neither repeats it nor undoes an editor's work."""

from django.db import models


class StarterItem(models.Model):
    """One item of the starter files: digests of what the file said and of the row that was made from it."""

    name = models.CharField(max_length=120, unique=True)  # "guide:6"
    file_digest = models.CharField(max_length=64)
    # Without routine checks, which are no edits. Empty: the row was here before the project shipped this key.
    row_digest = models.CharField(max_length=64, blank=True)
    # A correction that was shipped is not in the row and waits for no decision either.
    kept = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
