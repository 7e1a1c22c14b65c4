"""The register of data breaches, and the notice that those concerned read with their code (safety rule J5)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from .paged_clock import PagedClock
from .reply import GAP

TIME_TO_TELL = timedelta(hours=72)  # 3×24 hours after it is known: UU 27/2022 article 46


class Breach(PagedClock):
    """One data breach. Only codes are known, so nobody can be written to: a code opens the notice, and it is public."""

    known_at = models.DateTimeField(_("known since"), help_text=_("The 3×24 hours begin at this time."))
    what = models.TextField(_("what happened"), help_text=_("For the register. Name no reporter and no case."))
    told_authority_at = models.DateTimeField(_("authority told"), null=True, blank=True)
    notice = models.TextField(
        _("notice to those concerned"),
        help_text=_(
            "Everyone who opens a report with a code reads it, and it has a public page: what data, when and how they "
            "were disclosed, and what we do. Fill in each [gap]."
        ),
    )
    notice_from = models.DateTimeField(_("notice shown from"), null=True, blank=True)
    notice_until = models.DateTimeField(_("notice shown until"), null=True, blank=True)
    repair = models.TextField(_("how it was repaired"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-known_at"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("data breach")
        verbose_name_plural = _("data breaches")

    def __str__(self) -> str:
        return timezone.localtime(self.known_at).strftime("%Y-%m-%d %H:%M")

    @property
    def tell_by(self) -> datetime:
        """Until when the authority and those concerned must be told."""
        return self.known_at + TIME_TO_TELL

    @property
    def is_public(self) -> bool:
        """Whether the time from which the notice is shown has come."""
        return self.notice_from is not None and self.notice_from <= timezone.now()

    @property
    def is_late(self) -> bool:
        """Whether that time has passed."""
        return self.tell_by < timezone.now()

    def clean(self) -> None:
        """Refuse to show a notice with a gap in it, and a breach that is not known yet."""
        if self.known_at and self.known_at > timezone.now():
            raise ValidationError({"known_at": _("This time has not come yet.")})
        if self.notice_from is None:
            return
        for field in (build_localized_fieldname("notice", code) for code, _name in settings.LANGUAGES):
            if gap := GAP.search(getattr(self, field) or ""):
                raise ValidationError({field: _("Fill in this gap first: %(gap)s") % {"gap": gap[0]}})
