"""Models of topics and audiences."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual, unique_slugs
from .publishing import Publishable, State


class _Group(Bilingual, Publishable):
    """Abstract base of what groups guides. Their pages show its name, so readers see it as long as they see one.

    The tables are older than their workflow, and a node of the version before goes on writing in them: for what it does
    not know, the database has defaults. What it saves is public at once.
    """

    state = models.CharField(
        _("status"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        db_default=State.PUBLISHED,
        editable=False,
    )
    changed_on = models.DateField(_("last change"), null=True, editable=False)  # None: before the workflow
    outdated_fields = models.JSONField(default=dict, db_default={}, editable=False)
    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True


class Topic(_Group):
    """A subject of guides. ``key`` is stable, because report categories and pictures refer to it.

    ``sensitive`` counts as soon as it is published, like every word.
    """

    required_fields = ("title", "slug")

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


class Audience(_Group):
    """A group of readers that a guide addresses."""

    required_fields = ("name", "slug")

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
