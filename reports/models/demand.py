"""The register of demands of courts and authorities for something about a report (docs/safety.md, section 2)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .paged_clock import PagedClock


class Demand(PagedClock):
    """One demand: who asked for what on which basis, what two people decided, what was handed out. No case is named.

    The package that was handed out is known by its digest only; the record of the case has the same digest.
    """

    class Kind(models.TextChoices):
        COURT = "court", _("Court")
        POLICE = "police", _("Police or prosecutor")
        OTHER = "other", _("Another authority")

    class Decision(models.TextChoices):
        NOTHING = "nothing", _("Hand out nothing")
        PART = "part", _("Hand out a part")
        ALL = "all", _("Hand out what was asked for")

    class Told(models.TextChoices):
        YES = "yes", _("Told")
        LATER = "later", _("Not yet, for a reason")
        NO = "no", _("Not told, for a reason")

    received_on = models.DateField(_("received on"))
    kind = models.CharField(_("kind of authority"), max_length=10, choices=Kind)
    authority = models.CharField(
        _("who asked"), max_length=200, help_text=_("The authority, its office and the officer.")
    )
    document_number = models.CharField(_("number of the document"), max_length=100)
    legal_basis = models.TextField(_("legal basis"), help_text=_("The articles that the document names."))
    asked_for = models.TextField(
        _("what was asked for"), help_text=_("For the register. Name no reporter, and nothing of a report.")
    )
    answer_by = models.DateField(_("answer until"), null=True, blank=True)
    lawyer = models.CharField(_("lawyer who advised"), max_length=200, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decision_reason = models.TextField(_("reasons for the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    package_digest = models.CharField(
        _("digest of the package that was handed out"),
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", _("64 characters: 0 to 9 and a to f."))],
        help_text=_("The SHA-256 of the manifest, as the page of the package shows it."),
    )
    handed_out_on = models.DateField(_("handed out on"), null=True, blank=True)
    reporter_told = models.CharField(_("reporter told"), max_length=10, choices=Told, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    told_reason = models.TextField(_("why the reporter is not told"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-received_on", "-pk"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("demand of an authority")
        verbose_name_plural = _("demands of authorities")

    def __str__(self) -> str:
        return f"{self.received_on} {self.document_number}"

    @property
    def is_decided(self) -> bool:
        """Whether two people have decided."""
        return self.confirmed_by_id is not None

    @property
    def is_late(self) -> bool:
        """Whether the last day for an answer has passed."""
        return self.answer_by is not None and self.answer_by < timezone.localdate()

    def clean(self) -> None:
        """Refuse a decision without reasons, a package before two people decided, and silence without a reason."""
        errors = {}
        if self.received_on and self.received_on > timezone.localdate():
            errors["received_on"] = _("This day has not come yet.")
        if self.decision and not self.decision_reason:
            errors["decision_reason"] = _("Write the reasons for the decision.")
        if self.package_digest or self.handed_out_on:
            errors |= self._errors_of_package()
        if self.reporter_told in (self.Told.LATER, self.Told.NO) and not self.told_reason:
            errors["told_reason"] = _("Write why the reporter is not told.")
        if self.reporter_told == self.Told.YES and not self.told_on:
            errors["told_on"] = _("Write on which day.")
        if errors:
            raise ValidationError(errors)

    def _errors_of_package(self) -> dict:
        if not self.is_decided:
            return {"package_digest": _("A second person must confirm the decision before anything is handed out.")}
        if self.decision == self.Decision.NOTHING:
            return {"package_digest": _("The decision is to hand out nothing.")}
        if not (self.package_digest and self.handed_out_on):
            return {"handed_out_on": _("Enter the digest of the package and the day.")}
        return {}
