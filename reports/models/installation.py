"""The identity of a database: its evidence folder, its register of events and its anchors name it."""

import uuid

from django.db import models


class Installation(models.Model):
    """A random id, created once per database and included in its backups. The table has one row."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    gate_check = models.BinaryField(null=True)  # checks that a desk has the key with which the gate index was created

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uid)

    @classmethod
    def current(cls) -> uuid.UUID:
        """Return the id of this database; create it if there is none yet."""
        return cls.objects.get_or_create(pk=1)[0].uid
