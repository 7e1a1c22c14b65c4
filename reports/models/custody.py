"""Custody of locked files: who alone holds their keys, and the keys themselves (safety rule K7)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..crypto.vault import keys
from .case import Case
from .evidence import Evidence

# How long an agreement lets file and key out. It covers the days until the police have an appointment and give their
# receipt; a letter that is older is checked again by two people.
AGREEMENT_LASTS = timedelta(days=7)


class CustodyLead(models.Model):
    """One naming of the person who alone decides about locked files. A successor ends it; no row is deleted.

    One person is named for the cases of child safety, one for those withheld because of a conflict of interest.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person named")
    )
    for_withheld = models.BooleanField(
        _("for withheld cases"),
        default=False,
        help_text=_("Cases restricted because of a conflict of interest. The person must be an independent case lead."),
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("named by")
    )
    named_at = models.DateTimeField(_("named"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Meta:
        ordering = ["-named_at", "-id"]
        default_permissions = ("view", "add")
        verbose_name = _("lead for locked files")
        verbose_name_plural = _("leads for locked files")
        constraints = [
            models.UniqueConstraint(
                fields=["for_withheld"], condition=Q(ended_at=None), name="one_custody_lead_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class CustodyKey(models.Model):
    """The key of one locked file, taken out of the keys of its case. ``lead`` is None while nobody is named.

    It is wrapped from a desk for the key pair of custody, and bound to case, file and person: a row that somebody who
    can write the database gives to another person does not open.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="custody_keys")
    item = models.OneToOneField(Evidence, models.CASCADE, related_name="custody_key")
    lead = models.ForeignKey(CustodyLead, models.PROTECT, null=True, related_name="+")
    key_id = models.CharField(max_length=16)
    sender_key_id = models.CharField(max_length=16)
    wrapped = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    def wrap(self, key: bytes, lead: CustodyLead | None) -> "CustodyKey":
        """Wrap ``key`` for ``lead``, or for nobody; return self, unsaved. Raises KeyMissingError."""
        self.lead = lead
        self.key_id, self.sender_key_id, self.wrapped = keys.wrap_from_desk(keys.CUSTODY, key, self._context)
        return self

    def rewrap(self) -> None:
        """Wrap the key for and by the current key pairs; unsaved. Raises KeyMissingError or UnreadableError."""
        wrapped = keys.DeskWrapped(self.key_id, self.sender_key_id, self.wrapped)
        self.key_id, self.sender_key_id, self.wrapped = keys.rewrap_from_desk(keys.CUSTODY, wrapped, self._context)

    def open(self) -> bytes:
        """Return the key of the file. Raises KeyMissingError or UnreadableError."""
        wrapped = keys.DeskWrapped(self.key_id, self.sender_key_id, self.wrapped)
        return keys.unwrap_from_desk(keys.CUSTODY, wrapped, self._context)

    @property
    def _context(self) -> str:
        holder = self.lead.person_id if self.lead else "nobody"
        return f"{self.case_id}:{self.item_id}:custody:{holder}"


class PoliceHandOver(models.Model):
    """One hand-over of the locked files of a case to the police: who asked, who agreed, and what was recorded.

    It belongs to the case and stays when the files are destroyed. A recorded row is never changed: a correction is
    another row, which names the one that it corrects. A refused request stays too, and another one can follow it. So
    does an agreement that was taken back, which has both times, and one that ended by itself (``refused_by`` is None).
    The reasons are notes of the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="police_hand_overs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    agency = models.CharField(max_length=200, blank=True, default="", db_default="")
    receipt_number = models.CharField(max_length=100, blank=True, default="", db_default="")
    handed_on = models.DateField(null=True)
    files = models.PositiveSmallIntegerField(default=0, db_default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField("self", models.CASCADE, null=True, related_name="correction")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "asked_by"],
                condition=Q(recorded_at=None, refused_at=None),
                name="one_open_hand_over_of_a_lead",
            )
        ]

    was_corrected: bool | None = None
    was_taken: bool | None = None  # whether a file or key left under it; see ``police_guards.was_taken_out``

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_corrected(self) -> bool:
        """Whether a later row corrects this one. The case page reads ``was_corrected`` with the case."""
        return hasattr(self, "correction") if self.was_corrected is None else self.was_corrected

    @property
    def ends_at(self) -> datetime | None:
        """When the agreement ends by itself; None before somebody agreed."""
        return self.agreed_at + AGREEMENT_LASTS if self.agreed_at else None

    @property
    def ended_at(self) -> datetime | None:
        """When it was refused, was taken back or ended by itself; None while it is open."""
        by_itself = self.ends_at if self.ends_at and self.ends_at <= timezone.now() else None
        return self.refused_at or by_itself
