"""Which starter content was loaded, so that loading again neither repeats it nor undoes an editor's work."""

from django.db import models


class StarterItem(models.Model):
    """One item of the starter files: digests of what the file said and of the row that was made from it."""

    name = models.CharField(max_length=120, unique=True)  # "guide:6"
    file_digest = models.CharField(max_length=64)
    row_digest = models.CharField(max_length=64)

    def __str__(self):
        return self.name
