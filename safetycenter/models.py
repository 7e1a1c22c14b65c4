"""Small tables that both apps use: the page cache version, counted hits, and when housekeeping last ran."""

from django.db import models
from django.utils import timezone


class CacheVersion(models.Model):
    """The current version of the published pages. The table has one row.

    ``number`` goes up on every publish. ``next_change_at`` is the next moment at which a page changes by time alone
    (scheduled publishing, archiving, a review that falls due), which also raises ``number``. ``raised_at`` is when the
    number last went up.
    """

    number = models.PositiveBigIntegerField(default=1)
    next_change_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)


class Hit(models.Model):
    """The number of uses of a rate limit in one window, stored under a keyed digest that identifies nobody."""

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
    token = models.UUIDField(null=True)  # random; identifies everything above the limit in this window

    def __str__(self) -> str:
        return self.digest[:8]


class Heartbeat(models.Model):
    """One housekeeping task: when it last began and succeeded, and on which node and machine."""

    task = models.CharField(max_length=80, primary_key=True)
    first_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=100)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.task
