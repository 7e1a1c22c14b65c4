"""Agencies to which reports can be passed on, entered by supervisors (safety rule K5)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .category import Category


class LegalBasis(models.TextChoices):
    """Why the law allows a report to be passed on (safety rule J4)."""

    VITAL = "vital", _("Vital interest: a life or a child is in danger")
    PUBLIC = "public", _("Public interest: a duty under the law")
    CONSENT = "consent", _("Consent of an adult reporter")


class Agency(models.Model):
    """One agency: whether it has agreed in writing, and then what it accepts and on which legal basis.

    Reports are passed on only to agencies with a written agreement. For the others, the self-report sheet says how the
    reporter can report there.
    """

    class Agreement(models.TextChoices):
        NONE = "none", _("None")
        CONTACT = "contact", _("In contact")
        WRITTEN = "written", _("Written agreement")

    key = models.SlugField(_("key"), unique=True, max_length=40, help_text=_("Recorded in the audit log."))
    name = models.CharField(_("name"), max_length=120)
    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement, default=Agreement.NONE)
    agreed_on = models.DateField(_("date of the agreement"), null=True, blank=True)
    # Keys of referral.fields.REFERABLE, and values of LegalBasis.
    accepted_fields = models.JSONField(_("accepted facts"), default=list, blank=True)
    legal_bases = models.JSONField(_("accepted legal bases"), default=list, blank=True)
    categories = models.ManyToManyField(
        Category,
        related_name="+",
        blank=True,
        verbose_name=_("categories"),
        help_text=_("Reports of these categories are accepted. Empty: of all."),
    )
    hours_to_acknowledge = models.PositiveSmallIntegerField(
        _("hours to acknowledge"), default=24, help_text=_("After this time without a receipt the lead is alarmed.")
    )
    connector = models.CharField(_("handed over"), max_length=20, default="by_hand")  # referral.connectors.CONNECTORS
    how_to_report = models.TextField(
        _("how to report there oneself"),
        blank=True,
        max_length=1000,
        help_text=_("Part of the self-report sheet. Do not name the harm: the person reading may not be the reporter."),
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["key"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(agreement="written") | Q(agreed_on__isnull=False), name="written_agreement_has_a_date"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a written agreement without a date, or with a date in the future."""
        if self.agreement == self.Agreement.WRITTEN and not self.agreed_on:
            raise ValidationError({"agreed_on": _("A written agreement has a date.")})
        if self.agreed_on and self.agreed_on > timezone.localdate():
            raise ValidationError({"agreed_on": _("This date is in the future.")})

    @property
    def has_agreed(self) -> bool:
        """Whether a report may be passed on to this agency at all."""
        return self.active and self.agreement == self.Agreement.WRITTEN and self.agreed_on is not None

    @classmethod
    def with_agreement(cls, category_id: str) -> "models.QuerySet[Agency]":
        """Return the agencies in use that have agreed in writing to take reports of this category."""
        takes = Q(categories=None) | Q(categories=category_id)
        return cls.objects.filter(
            takes, active=True, agreement=cls.Agreement.WRITTEN, agreed_on__lte=timezone.localdate()
        ).distinct()
