"""Model of the reference organisations."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual
from .publishing import Publishable


class Organisation(Bilingual, Publishable):
    """A reference organisation. It is named, not endorsed: no logo until it agrees in writing."""

    required_fields = ("name",)

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    url = models.URLField(_("website"), blank=True, help_text=_("Empty until the official address has been checked."))
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.TextField(_("what it does"), blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.localized.name

    @property
    def host(self) -> str:
        """Return the host of its website, without ``www``; empty if unknown."""
        return _host(self.url)

    @property
    def source_host(self) -> str:
        """Return the host of its source, without ``www``; empty if unknown."""
        return _host(self.source_url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
