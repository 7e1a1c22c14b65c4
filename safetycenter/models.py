"""Small tables that both apps use: the page cache version, counted hits, when housekeeping ran, invitations."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CacheVersion(models.Model):
    """The current version of the published pages. The table has one row.

    ``number`` goes up on every publish. ``next_change_at`` is the next moment at which a page changes by time alone
    (scheduled publishing, archiving, a review that falls due), which also raises ``number``. ``raised_at`` is when the
    number last went up. ``touched`` says which pages the last publications touched
    (:meth:`safetycenter.page_cache.versions.Versions.after`); null: the last one touched every page.
    """

    number = models.PositiveBigIntegerField(default=1)
    next_change_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(default=timezone.now)
    touched = models.JSONField(null=True)

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


class Invitation(models.Model):
    """An invitation to the staff: a link that is valid once and for a while, and the roles that follow.

    ``digest`` is the SHA-256 of the random part of the link, which is stored nowhere. ``account`` is made when the
    person chooses their password; the roles follow with their second factor (safetycenter.accounts.invitations).
    """

    digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=150)
    first_name = models.CharField(max_length=150, blank=True)
    roles = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.username
