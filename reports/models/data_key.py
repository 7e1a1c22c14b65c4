"""The keys of the classes of data of a case, wrapped under its case key."""

from django.db import models

from ..crypto.vault.key_ids import Wrapped
from .case import Case


class DataKey(models.Model):
    """The wrapped key of one class of data of a case. Deleting the row erases that class for good."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="data_keys")
    name = models.CharField(max_length=50)
    key_id = models.CharField(max_length=16)  # of the case key that wraps it
    wrapped = models.BinaryField()
    # An answer that was added after sending, sealed under this key alone (models/addition.py).
    sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_key_a_class")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, case: Case, name: str, wrapped: Wrapped) -> "DataKey":
        """Return the unsaved row for the key of class ``name`` of ``case``."""
        return cls(case=case, name=name, key_id=wrapped.key_id, wrapped=wrapped.value)
