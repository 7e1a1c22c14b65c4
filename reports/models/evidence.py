"""A file that a reporter added: sealed during upload, opened only at a desk."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .case import Case


class Evidence(models.Model):
    """One sealed file. Name, digest and bytes are sealed under a separate key, ``file:<id>`` in the keyring."""

    class Kind(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        WEBP = "image/webp", "WebP"
        PDF = "application/pdf", "PDF"
        TEXT = "text/plain", "TXT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="evidence")
    session = models.ForeignKey("reports.SealedSession", models.CASCADE, null=True, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind)
    size = models.PositiveIntegerField(help_text="bytes, padded; the exact size is among the sealed facts")
    added_at = models.DateTimeField(default=timezone.now)
    facts = models.BinaryField(help_text="sealed JSON: name as sent, size and SHA-256 of the original")
    copies = models.PositiveSmallIntegerField(
        default=0, help_text="pages of the sealed view copy; 0 until first opened"
    )

    # What evidence.missing notes about a file that is gone.
    missing_since = models.DateTimeField(null=True)
    loss_recorded_at = models.DateTimeField(null=True, help_text="an operator wrote down that it will not come back")
    last_backup = models.CharField(max_length=60, null=True, help_text="the newest backup that has it")

    # Keyed digest of the SHA-256, made at a desk (cases/known_files.py). Empty: the facts cannot be read.
    hash_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        ordering = ["added_at", "id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["hash_digest"], name="evidence_hash", condition=~Q(hash_digest=None)),
            models.Index(fields=["missing_since"], name="evidence_missing", condition=~Q(missing_since=None)),
            models.Index(fields=["added_at"], name="evidence_unhashed", condition=Q(hash_digest=None)),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_name(self) -> str:
        """The name of this file's key in the keyring."""
        return f"file:{self.id}"
