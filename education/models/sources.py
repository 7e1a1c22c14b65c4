"""Where a claim comes from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual


class Source(Bilingual):
    """One source of an item: who published it, what it supports, and the day it carries itself."""

    needed = ("title",)

    url = models.URLField(_("address"), max_length=500)
    publisher = models.CharField(_("published by"), max_length=120)
    title = models.CharField(_("what it supports"), max_length=200, blank=True)
    dated = models.CharField(
        _("its own date"), max_length=30, blank=True, help_text=_("As it shows it: 7 Jan 2026, Jan 2026 or 2026.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.publisher
