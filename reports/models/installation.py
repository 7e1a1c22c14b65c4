"""The identity of a database, so that a folder of files can say which one it belongs to."""

import uuid

from django.db import models


class Installation(models.Model):
    """A random id that is made once for each database and goes with its backups. One row."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    gate_check = models.BinaryField(null=True)  # tells whether a desk has the key that the gate index was begun with

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uid)

    @classmethod
    def current(cls) -> uuid.UUID:
        """Return the id of this database; make it when there is none yet."""
        return cls.objects.get_or_create(pk=1)[0].uid
