"""Models of topics and audiences."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual, unique_slugs


class Topic(Bilingual):
    """A subject of guides. ``key`` is stable, because report categories and pictures refer to it."""

    required_fields = ("title", "slug")

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Neutral tab title, quick exit, no sharing.")
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, null=True, help_text=_("It stays in the browser's history."))
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = unique_slugs("topic")

    def __str__(self) -> str:
        return self.localized.title


class Audience(Bilingual):
    """A group of readers that a guide addresses."""

    required_fields = ("name", "slug")

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, null=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = unique_slugs("audience")

    def __str__(self) -> str:
        return self.localized.name
