"""Base model of the sources of a claim, and the mark that says whose words a source is."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual


class Mark(models.TextChoices):
    """Who says so. A copy on somebody else's site is not official, even of a law: nobody compared it."""

    OFFICIAL = "official", _("official page")
    PRESS = "press", _("press")
    OTHER = "secondary", _("other source")


def mark_field(**options: Any) -> models.CharField:
    """Return the field ``mark`` of a kind that marks its sources; ``options`` are those of a Django field."""
    return models.CharField(
        _("kind of source"),
        max_length=10,
        choices=Mark,
        help_text=_(
            "Official: an authority, an app or a reporting tool about itself, on its own site. Press: news. Other: "
            "everyone else, such as aid organisations, law firms, blogs and copies of laws."
        ),
        **options,
    )


class Source(Bilingual):
    """A source of an item: its publisher, what it supports, its date, and the day on which we checked it."""

    required_fields = ("title",)
    mark = ""  # a kind that marks its sources has a field of this name

    url = models.URLField(_("address"), max_length=500)
    publisher = models.CharField(_("published by"), max_length=120)
    title = models.CharField(_("what it supports"), max_length=200, blank=True)
    dated = models.CharField(
        _("date on the source"),
        max_length=30,
        blank=True,
        help_text=_("As written on the source: 7 Jan 2026, Jan 2026 or 2026."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day a staff member opened it and confirmed that it still says this."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.publisher
