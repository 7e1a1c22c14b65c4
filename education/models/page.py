"""Models of the fixed pages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from education import site_placeholders
from education.rendering.rich_text import RichTextField

from .bilingual import Bilingual, Wording
from .publishing import Publishable
from .sources import Source


class FilledWording(Wording):
    """The wording of a page with its placeholders filled in, such as the name of the operator."""

    def __getattr__(self, field: str) -> Any:
        text = super().__getattr__(field)
        fill = site_placeholders.fill_html if field == "body" else site_placeholders.fill
        return fill(text, self.language)


class Page(Bilingual, Publishable):
    """A fixed page. The key determines its address; editors write its text."""

    class Key(models.TextChoices):
        ABOUT = "about", _("About")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        AFTER_YOU_REPORT = "after-you-report", _("After you report")
        TRACES = "traces", _("Traces on this phone")
        IF_YOU_WERE_REPORTED = "if-you-were-reported", _("If you were reported")

    required_fields = ("title", "body")

    key = models.CharField(_("page"), max_length=30, choices=Key, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    sensitive = models.BooleanField(_("sensitive"), default=False, help_text=_("Neutral tab title and quick exit."))
    title = models.CharField(_("title"), max_length=140)
    short_answer = models.TextField(_("short version"), blank=True)
    body = RichTextField(
        _("text"),
        help_text=_(
            "Filled in from the settings of this site: {operator}, {operator_contact}, {dpo_contact}, "
            "{complaints_contact}, and limits such as {draft_minutes} and {story_kept}."
        ),
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self) -> str:
        return self.localized.title

    @property
    def localized(self) -> FilledWording:
        """Return the wording to show, with the operator's settings filled in."""
        return FilledWording(self, self.language_shown(get_language() or settings.LANGUAGE_CODE))


class PageSource(Source):
    """A source of a fixed page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
