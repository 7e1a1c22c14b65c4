"""Teams of the desk, and the rules by which a new report gets its team."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """Staff who are offered the cases of their team first. A team hides no case from anybody.

    It is never deleted, because cases and the audit log name its key.
    """

    key = models.SlugField(
        _("key"), primary_key=True, max_length=40, help_text=_("Recorded in the audit log. It cannot be changed.")
    )
    name = models.CharField(_("name"), max_length=80)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("members"))
    leads = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("team leads"))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["key"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class RoutingTable(models.Model):
    """The routing rules as one person saved them; the latest row is in force. Rows are never changed or deleted.

    ``rules`` is a list of objects with ``category``, ``age`` and ``team`` (``routing.rules.Rule``), in order.
    """

    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rules = models.JSONField(default=list)
    follows = models.BigIntegerField(unique=True)  # the row before, 0 for the first: nobody overwrites another's rules
    fallback = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self.pk)
