"""The keys of the classes of data of a case, wrapped under its case key."""

from django.db import models

from .case import Case


class DataKey(models.Model):
    """The wrapped key of one class of data of a case. Deleting the row erases that class for good."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="data_keys")
    name = models.CharField(max_length=50)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_key_a_class")]

    def __str__(self) -> str:
        return self.name
