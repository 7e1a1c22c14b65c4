"""A case: its clear columns, its sealed columns, and the permissions that it requires."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..crypto.vault import keys
from ..crypto.vault.key_ids import Wrapped
from ..crypto.vault.keyring import Keyring
from .case_indexes import INDEXES
from .case_queryset import CaseQuerySet
from .category import Category
from .state import OPEN_STATES, Outcome, ReferDecision, State

STAFF = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One report. Its answers are sealed, so that they can neither be searched nor appear in a list."""

    class AgeBand(models.TextChoices):
        UNDER_13 = "under_13", _("under 13")
        TEEN = "13_15", _("13–15")
        OLDER_TEEN = "16_17", _("16–17")
        ADULT = "adult", _("18 or over")
        UNKNOWN = "unknown", _("age not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=8, unique=True)

    # Clear columns, needed by the queue and the statistics.
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    # No file is ever added or opened: a category that the report had forbids it, or child safety restricted the case.
    files_forbidden = models.BooleanField(default=False, editable=False)
    platform = models.CharField(_("platform"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN)
    region = models.CharField(max_length=12, blank=True, default="", db_default="")  # reports/routing/region.py
    tier = models.PositiveSmallIntegerField(_("priority"))
    tier_rules = models.JSONField(default=list)  # names from priority.RULES and case_effects/clock.py
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    risk_flag = models.BooleanField(default=False)
    restricted = models.BooleanField(_("restricted to child safety"), default=False)
    withheld = models.BooleanField(_("restricted (conflict of interest)"), default=False)
    hold = models.BooleanField(_("legal hold"), default=False)
    unreachable = models.BooleanField(_("no reply possible (reporter has no way back)"), default=False)
    # The form has shown the code, and nobody has pressed "Finish" or come back with it since: a word for staff.
    may_lack_code = models.BooleanField(null=True)
    state = models.CharField(_("status"), max_length=20, choices=State, default=State.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # The deadline promised to the reporter for the first review. ``answered_at``: staff have written since then.
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(null=True)
    # When somebody must act next, for every tier and reason; set by case_effects/clock.py only. The queue uses it.
    next_action_at = models.DateTimeField(_("next step due"), null=True)
    queue_key_at = models.DateTimeField(editable=False)
    overdue = models.BooleanField(_("overdue"), default=False)
    seen_at = models.DateTimeField(_("first reviewed"), null=True)
    resolved_at = models.DateTimeField(null=True)
    close_agreed_at = models.DateTimeField(null=True)  # the reporter's "yes, close it" (reports/cases/closing.py)
    left_open_at = models.DateTimeField(null=True)  # resolved but not closed in time: with the lead since then
    closed_at = models.DateTimeField(null=True)
    # Many urgent reports came from one network (cases/bursts.py): a random id until it is reviewed, a day at most.
    burst = models.UUIDField(null=True, editable=False)
    keeps_place = models.BooleanField(default=False, editable=False)  # keeps its place among burst cases
    unread_reply = models.BooleanField(_("new reply"), default=False)
    indexed = models.BooleanField(default=False)

    handler = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name=_("assignee"))
    # A file is suspected to show child sexual abuse: nobody may open any file until a lead has decided (K7).
    suspected_material_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    child_confirmed_at = models.DateTimeField(null=True)  # child safety has confirmed child sexual abuse
    # Restricted by later words, or while parts were replaced; new keys are still to come. Public nodes set it too.
    restricted_by_words = models.BooleanField(default=False)
    lift_requested_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    files_reviewed_at = models.DateTimeField(null=True)  # child safety has approved the files that existed then
    last_handler = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    # The handler asks this person to take the case over, and keeps it until they accept.
    offered_to = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name=_("offered to"))
    escalated_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    # Until when another person takes it, because its reporter asked for one; None again as soon as somebody has.
    other_due_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(_("look again"), null=True)  # the handler keeps the case until then
    # Until then "take next" offers a case that came back to its last handler before it offers it to others.
    reserved_until = models.DateTimeField(null=True)
    times_returned = models.PositiveSmallIntegerField(default=0, db_default=0)  # to the queue, since an answer
    fact_degrees = models.JSONField(default=dict, db_default={})  # where not just told: {question: Degree}
    hotline_link_at = models.DateTimeField(null=True)  # when child safety copied the link for a hotline (K6)
    # Until when the case must be passed on or decided otherwise, and the decision (reports/referral/time_to_refer.py).
    refer_due_at = models.DateTimeField(_("time to refer"), null=True)
    refer_alarmed_at = models.DateTimeField(null=True)  # the time ended without a decision; its lead knows
    refer_decided_at = models.DateTimeField(null=True)
    refer_decision = models.CharField(max_length=15, choices=ReferDecision, blank=True, default="", db_default="")
    # Its members are offered the case first (reports/routing). A restricted case has none. Indexed by INDEXES.
    team = models.ForeignKey("reports.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    # The case that leads the reports about the same matter; they are linked, never merged.
    lead_case = models.ForeignKey("self", models.PROTECT, null=True, related_name="linked_cases")
    # Possible misuse of the form (H23): the mark of one person, which counts when a second one has confirmed it.
    misuse_noted_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    misuse_confirmed_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    lease_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    # Access and requests of the reporter.
    last_visit_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    withdraw_at = models.DateTimeField(null=True)
    erasure_needs_lead = models.BooleanField(default=False)
    erasure_approved = models.BooleanField(default=False)
    promised_again_at = models.DateTimeField(null=True)

    # Sealed data and wrapped keys.
    answers = models.BinaryField(null=True)
    # Each wrap names the key pair that opens it, because several may be valid (``crypto.vault.keys``).
    coerced = models.BinaryField(null=True)
    coerced_key_id = models.CharField(max_length=16, blank=True)
    staff_audience = models.CharField(max_length=20)
    key_for_staff = models.BinaryField(null=True)
    staff_key_id = models.CharField(max_length=16, blank=True)
    key_for_reporter = models.BinaryField(null=True)
    reporter_key_id = models.CharField(max_length=16, blank=True)
    reporter_wrapper = models.BinaryField(null=True)
    reporter_opener = models.BinaryField(null=True)
    secret_salt = models.BinaryField(null=True)
    secret_verifier = models.BinaryField(null=True)
    # Of the code that the last page of the form replaced (``change_secret``): it opens nothing and says since when.
    replaced_verifier = models.BinaryField(null=True)
    secret_operations = models.PositiveIntegerField()
    secret_memory = models.PositiveIntegerField()

    # The end of this case's hash chain of events.
    events_head = models.BinaryField(default=bytes)
    events_count = models.PositiveIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ("view",)
        permissions = [
            ("view_ordinary", "Can know of cases that are neither restricted nor kept from the desk"),
            ("read_case", "Can read the story, messages and files of cases"),
            ("handle_case", "Can take, answer and resolve cases"),
            ("release_quarantined", "Can look through cases set aside"),
            ("sort_case", "Can set the tier of waiting cases, quarantine and escalate them"),
            ("handle_restricted", "Can see and handle cases restricted to child safety"),
            ("handle_withheld", "Can see and handle cases kept from the desk"),
            ("supervise", "Can break leases and answer objections"),
            ("read_audit", "Can read and verify the record of events"),
        ]
        indexes = INDEXES
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_STATES) | Q(next_action_at__isnull=False), name="open_case_has_a_clock"
            )
        ]

    def __str__(self) -> str:
        return self.display_reference  # nothing else: this text appears in the admin's log, titles and messages

    @property
    def display_reference(self) -> str:
        """The reference as displayed: ``K7QF-2M9X``."""
        return f"{self.reference[:4]}-{self.reference[4:]}"

    @property
    def needs_second_person(self) -> bool:
        """Whether closing the case requires two people: P0 and restricted cases do."""
        return self.tier == 0 or self.restricted

    @property
    def lead_permission(self) -> str:
        """The permission that the leads of this case have; ``case_queryset.LEADS`` is the same rule for queries."""
        return self.child_safety_permission if self.withheld or self.restricted else "reports.supervise"

    @property
    def child_safety_permission(self) -> str:
        """The permission of the staff who decide when a child may be affected."""
        return "reports.handle_withheld" if self.withheld else "reports.handle_restricted"

    @property
    def erasure_permission(self) -> str:
        """The permission of those who decide what the law makes us keep: child safety, if anyone is at risk (H7)."""
        return self.child_safety_permission if self.is_at_risk else self.lead_permission

    @property
    def is_at_risk(self) -> bool:
        """Whether a child or a life is, or may be, at risk. An unknown age counts as that of a child.

        ``case_queryset.at_risk`` is the same rule for queries.
        """
        return self.tier <= 1 or self.restricted or self.age_band != Case.AgeBand.ADULT

    @property
    def has_asked_to_stop(self) -> bool:
        """Whether the reporter asked us not to use the report. Pages of the desk read ``has_stop`` with the case."""
        known = vars(self).get("has_stop")
        return any(row.stops_use for row in self.data_requests.all()) if known is None else known

    @property
    def is_stopped(self) -> bool:
        """Whether the report is paused: the reporter asked for it, and neither a child nor a life is at risk."""
        return not self.is_at_risk and self.has_asked_to_stop

    @property
    def awaits_erasure_decision(self) -> bool:
        """Whether a lead must decide on the withdrawal. ``withdrawn_undecided`` is the same rule for queries."""
        return bool(self.withdraw_at and self.erasure_needs_lead and not self.hold and not self.erasure_approved)

    @property
    def is_reporter_informed(self) -> bool:
        """Whether the last message by a person, not a notice of the site, is an answer and no open question."""
        by_staff = [message for message in self.messages.all() if message.side == "staff" and message.by_id]
        return bool(by_staff) and not by_staff[-1].is_question

    @property
    def is_leased(self) -> bool:
        """Whether somebody holds an unexpired lease on the case."""
        return bool(self.handler_id and self.lease_until and self.lease_until > timezone.now())

    def keyring(self, case_key: bytes) -> Keyring:
        """Return the keyring of this case, opened with its case key."""
        rows = self.data_keys.all()
        return Keyring(self.id, case_key, {row.name: Wrapped(row.key_id, bytes(row.wrapped)) for row in rows})

    def staff_keyring(self) -> Keyring:
        """Return the keyring, opened with the private key of this desk. Raises KeyMissingError or UnreadableError."""
        return self.keyring(keys.unwrap(self.staff_audience, self.wrapped_for_staff))

    @property
    def wrapped_for_staff(self) -> Wrapped:
        """The case key, wrapped for the staff of ``staff_audience``."""
        return Wrapped(self.staff_key_id, self.key_for_staff)

    @property
    def wrapped_for_reporter(self) -> Wrapped:
        """The case key, wrapped for the key pair of the reporter."""
        return Wrapped(self.reporter_key_id, self.key_for_reporter)

    @property
    def wrapped_coerced(self) -> Wrapped | None:
        """The reporter's sealed answer about pressure to withdraw, or None."""
        return Wrapped(self.coerced_key_id, self.coerced) if self.coerced else None
