"""The few fixed pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.richtext import RichTextField

from .bilingual import Bilingual
from .publishing import Publishable


class Page(Bilingual, Publishable):
    """A fixed page. Its key gives it its place in the addresses; its text belongs to editors."""

    class Key(models.TextChoices):
        ABOUT = "about", _("About")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        AFTER_YOU_REPORT = "after-you-report", _("After you report")
        TRACES = "traces", _("Traces on this phone")
        IF_YOU_WERE_REPORTED = "if-you-were-reported", _("If you were reported")

    needed = ("title", "body")

    key = models.CharField(_("page"), max_length=30, choices=Key, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    sensitive = models.BooleanField(_("sensitive"), default=False, help_text=_("Neutral tab title and quick exit."))
    title = models.CharField(_("title"), max_length=140)
    short_answer = models.TextField(_("short version"), blank=True)
    body = RichTextField(_("text"))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self):
        return self.words.title
