"""The categories of reports. Editors may reword names and descriptions; the keys are fixed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """One of the 16 categories of the report form."""

    class Group(models.TextChoices):
        ME = "me", _("I am being bothered or threatened")
        SEXUAL = "sexual", _("Pictures or sexual things")
        MONEY = "money", _("Money and accounts")
        OTHER = "other", _("Something else")

    slug = models.SlugField(_("key"), primary_key=True, max_length=40)
    group = models.CharField(_("group"), max_length=10, choices=Group)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"))
    topic_key = models.SlugField(
        _("topic"), max_length=40, help_text=_("Key of the guide topic whose help fits this category.")
    )
    helplines = models.JSONField(_("helplines"), default=list, help_text=_("Keys of helplines, the best one first."))

    class Meta:
        ordering = ["order"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name
