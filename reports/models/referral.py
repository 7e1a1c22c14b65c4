"""Referrals: a report, or a part of it, that is passed on to an agency."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..crypto.vault.box import open_sealed, seal
from .agency import Agency, LegalBasis
from .case import Case
from .notes_key import NotesKey


class Referral(models.Model):
    """One package for one agency, sealed for the staff of the case. The reporter's code does not open it.

    The row is erased with the case; the audit log keeps that it existed, with the digest of its manifest.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared, a second person must approve it")
        APPROVED = "approved", _("Approved, not handed over yet")
        SENT = "sent", _("Handed over, not acknowledged yet")
        FAILED = "failed", _("Failed, to be tried again")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged by the agency")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=LegalBasis)
    state = models.CharField(max_length=15, choices=State, default=State.PREPARED)
    fields = models.JSONField()  # keys of referral.fields.REFERABLE, in the package
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)  # the number that the agency gave
    alarmed_at = models.DateTimeField(null=True)
    manifest_digest = models.CharField(max_length=64)  # SHA-256 of the manifest, also in the audit log
    key = models.ForeignKey(NotesKey, models.CASCADE, related_name="referrals")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["prepared_at", "id"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["acknowledge_by"],
                name="referral_unacknowledged",
                condition=Q(state__in=("sent", "failed"), alarmed_at=None),
            ),
            models.Index(
                fields=["acknowledge_by"],
                name="referral_silent",
                condition=Q(state__in=("sent", "failed"), alarmed_at__isnull=False),
            ),
            models.Index(fields=["prepared_at"], name="referral_to_approve", condition=Q(state="prepared")),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def sealed_with(self, package: bytes, key: NotesKey | None = None) -> "Referral":
        """Seal ``package`` under ``key``, or under the key of the case's current audience; return self, unsaved."""
        self.key = key or NotesKey.of(self.case)
        self.sealed = seal(self.key.open(), package, self._place)
        return self

    def package(self) -> bytes:
        """Return the package, a ZIP file. Raises KeyMissingError or UnreadableError."""
        return open_sealed(self.key.open(), self.sealed, self._place)

    @property
    def _place(self) -> str:
        return f"{self.case_id}:referral:{self.id}:{self.manifest_digest}"
