"""Model of the addresses on other sites that published texts name, with what the last check found there."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    """Queries for addresses on other sites."""

    def broken(self) -> "ExternalLinkQuerySet":
        """Return the addresses that are gone, and those whose site has vanished (``ExternalLink.is_broken``)."""
        result = ExternalLink.Result
        vanished = Q(result=result.UNREACHABLE, checked_at__gte=F("since") + ExternalLink.VANISHED_AFTER)
        return self.filter(Q(result=result.GONE) | vanished)


class ExternalLink(models.Model):
    """An address on another site and the result of its last check.

    Where it is used is read from the texts (``education.links.places``), so that it is never out of date.
    """

    MAX_LENGTH = 500
    # A site that no check reached for so long counts as vanished. It is asked every day, so by then four have failed.
    VANISHED_AFTER = timedelta(days=3)

    class Result(models.TextChoices):
        """What a check found. The empty value means that the address was not checked yet."""

        WORKS = "works", _("Works")
        MOVED = "moved", _("Moved")
        GONE = "gone", _("Not found")
        UNREACHABLE = "unreachable", _("Could not be reached")
        REFUSED = "refused", _("Answers people only")

    url = models.CharField(_("address"), max_length=MAX_LENGTH, unique=True)
    result = models.CharField(_("result"), max_length=12, choices=Result, blank=True)
    moved_to = models.CharField(_("moved to"), max_length=MAX_LENGTH, blank=True)
    since = models.DateTimeField(_("since"), null=True, blank=True)  # the first check with this result
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        verbose_name = _("external link")
        verbose_name_plural = _("external links")

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        """Return whether the page is gone, or no check has reached its site for ``VANISHED_AFTER``."""
        if self.result != self.Result.UNREACHABLE:
            return self.result == self.Result.GONE
        return bool(self.since and self.checked_at and self.checked_at >= self.since + self.VANISHED_AFTER)
