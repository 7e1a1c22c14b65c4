"""The words, topic and helplines of each report category, which editors may change.

What a category asks and which rules hold for it is declared in ``questions.categories``; the key connects the two.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from safetycenter.memory import cached_for_seconds

from ..questions import Answers
from ..questions.category import default_category, turned


class Category(models.Model):
    """A category as the form and the desk show it."""

    class Group(models.TextChoices):
        ME = "me", _("I am being bothered or threatened")
        SEXUAL = "sexual", _("Pictures or sexual things")
        MONEY = "money", _("Money, accounts and private data")
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

    @classmethod
    def of(cls, answers: Answers) -> "Category":
        """Return the category of a report, also while none is chosen."""
        slug = turned(answers) or answers.get("category") or default_category().slug
        return next((row for row in category_rows() if row.pk == slug), None) or cls.objects.get(pk=slug)


@cached_for_seconds
def category_rows() -> tuple[Category, ...]:
    """Return all categories in their order, up to ``memory.CACHE_SECONDS`` old. Nobody may change them."""
    return tuple(Category.objects.all())
