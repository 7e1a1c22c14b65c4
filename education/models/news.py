"""Models of news items, including notes from the archive."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.rendering.rich_text import RichTextField

from .bilingual import Bilingual, unique_slugs
from .publishing import Publishable
from .sources import Source


class News(Bilingual, Publishable):
    """A news item, dated by the day of the event."""

    required_fields = ("title", "slug")

    key = models.SlugField(_("key"), unique=True)
    date = models.DateField(_("date of the event"))
    archive = models.BooleanField(_("from the archive"), default=False)
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=80, null=True)
    summary = models.TextField(_("summary"), blank=True)
    body = RichTextField(_("text"))

    class Meta:
        ordering = ["-date", "pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        constraints = unique_slugs("news")

    def __str__(self) -> str:
        return self.localized.title


class NewsSource(Source):
    """A source of a news item."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
