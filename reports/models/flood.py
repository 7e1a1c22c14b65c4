"""The current or the last flood of automatic reports: when it began, how long the form stays guarded, and counts."""

from django.db import models

ONLY_ROW = 1


class Flood(models.Model):
    """A time in which the last page of the form asked for a proof of work. The table has at most one row.

    Only counts of reports are kept: no address, no draft and no case.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reports = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"
