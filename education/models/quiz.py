"""Models of quizzes: scenarios with choices.

No answer is sent or counted, and every choice is explained.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from .bilingual import LANGUAGES, Bilingual, unique_slugs
from .guide import Guide
from .publishing import Publishable, free_number
from .topic import Audience, Topic

MAX_CHOICES = 4


class Verdict(models.TextChoices):
    """The verdict on a choice. Nothing is marked as wrong, because a reader who chose badly needs help, not a grade."""

    SAFE = "safe", _("A safe step")
    THINK = "think", _("Think again first")
    UNSAFE = "unsafe", _("Not safe yet")


@dataclass(frozen=True)
class Choice:
    """One possible reaction to a scenario, with its verdict and explanation."""

    text: str
    verdict: Verdict
    because: str


def next_number() -> int:
    """Return the number of the next quiz written on this site."""
    return free_number(Quiz)


class Quiz(Bilingual, Publishable):
    """A quiz: scenarios on one topic. As for guides, ``number`` gives the neutral address of a sensitive quiz."""

    required_fields = ("title", "slug", "summary")

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, default=next_number, help_text=_("Its neutral address: /try/number/")
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="quizzes", verbose_name=_("topic"))
    audiences = models.ManyToManyField(Audience, related_name="quizzes", verbose_name=_("audiences"))
    sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Neutral tab title, quick exit, links by number.")
    )
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=80, null=True)
    summary = models.TextField(_("summary"), help_text=_("One or two sentences; also shown in lists."))

    class Meta:
        ordering = ["number"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = unique_slugs("quiz")

    def __str__(self) -> str:
        return f"{self.number}. {self.localized.title}"


class Scenario(Bilingual):
    """One situation with two to four choices.

    The choices are columns, not related rows: so a quiz can be edited on one admin page without a script, and proposed,
    stored and published as one text.
    """

    required_fields = ("situation", "choice_1", "because_1", "choice_2", "because_2")

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="scenarios")
    guide = models.ForeignKey(
        Guide,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("guide to read next"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    situation = models.TextField(
        _("situation"), help_text=_("Invented. Do not use anything that happened to a real person.")
    )
    choice_1 = models.CharField(_("choice 1"), max_length=200)
    verdict_1 = models.CharField(_("verdict 1"), max_length=6, choices=Verdict)
    because_1 = models.TextField(_("explanation 1"))
    choice_2 = models.CharField(_("choice 2"), max_length=200)
    verdict_2 = models.CharField(_("verdict 2"), max_length=6, choices=Verdict)
    because_2 = models.TextField(_("explanation 2"))
    choice_3 = models.CharField(_("choice 3"), max_length=200, blank=True)
    verdict_3 = models.CharField(_("verdict 3"), max_length=6, choices=Verdict, blank=True)
    because_3 = models.TextField(_("explanation 3"), blank=True)
    choice_4 = models.CharField(_("choice 4"), max_length=200, blank=True)
    verdict_4 = models.CharField(_("verdict 4"), max_length=6, choices=Verdict, blank=True)
    because_4 = models.TextField(_("explanation 4"), blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("situation")
        verbose_name_plural = _("situations")

    def __str__(self) -> str:
        return self.localized.situation[:60]

    def clean(self) -> None:
        """Reject a choice without a verdict, or without an explanation in a language in which it is written."""
        for place in range(1, MAX_CHOICES + 1):
            for language in LANGUAGES:
                self._check(place, language)

    def _check(self, place: int, language: str) -> None:
        if not self.text(f"choice_{place}", language):
            return
        if not getattr(self, f"verdict_{place}"):
            raise ValidationError({f"verdict_{place}": _("Select how safe this choice is.")})
        if not self.text(f"because_{place}", language):
            column = build_localized_fieldname(f"because_{place}", language)
            raise ValidationError(
                {column: _("Each choice needs an explanation in every language in which it is written.")}
            )

    def choices(self, language: str) -> list[Choice]:
        """Return the choices written in ``language``, in order."""
        found = []
        for place in range(1, MAX_CHOICES + 1):
            text, because = self.text(f"choice_{place}", language), self.text(f"because_{place}", language)
            if text and because:
                found.append(Choice(text, Verdict(getattr(self, f"verdict_{place}")), because))
        return found
