"""Model of the addresses on other sites that published texts name, with what the last check found there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalLink(models.Model):
    """An address on another site and the result of its last check.

    Where it is used is read from the texts (``education.links.places``), so that it is never out of date.
    """

    MAX_LENGTH = 500

    class Result(models.TextChoices):
        """What a check found. The empty value means that the address was not checked yet."""

        WORKS = "works", _("Works")
        MOVED = "moved", _("Moved")
        GONE = "gone", _("Not found")
        UNREACHABLE = "unreachable", _("Could not be reached")

    url = models.CharField(_("address"), max_length=MAX_LENGTH, unique=True)
    result = models.CharField(_("result"), max_length=12, choices=Result, blank=True)
    moved_to = models.CharField(_("moved to"), max_length=MAX_LENGTH, blank=True)
    since = models.DateTimeField(_("since"), null=True, blank=True)  # the first check with this result
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("external link")
        verbose_name_plural = _("external links")

    def __str__(self) -> str:
        return self.url
