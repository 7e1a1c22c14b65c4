"""Model of the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual
from .publishing import Publishable


class Term(Bilingual, Publishable):
    """A word with its meaning in plain language and its synonyms."""

    class Explained(models.TextChoices):
        """The spellings to explain in guides. An editor chooses, because slang often has a second meaning."""

        NO = "no", _("Not at all")
        WORD = "word", _("The term itself")
        SLANG = "slang", _("The term and its synonyms")

    required_fields = ("term", "definition")

    key = models.SlugField(_("key"), unique=True)
    term = models.CharField(_("word"), max_length=120)
    slang = models.TextField(_("synonyms"), blank=True, help_text=_("One per line."))
    definition = models.TextField(_("meaning"))
    explained = models.CharField(
        _("explain in guides"),
        max_length=5,
        choices=Explained,
        default=Explained.WORD,
        help_text=_(
            "Readers can tap its first occurrence in a guide to see the meaning. Do not use this for "
            "words that also have another meaning."
        ),
    )

    class Meta:
        ordering = ["key"]
        verbose_name = _("word")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.localized.term

    @property
    def other_words(self) -> list[str]:
        """Return the synonyms in the language shown."""
        return [line.strip() for line in self.localized.slang.splitlines() if line.strip()]
