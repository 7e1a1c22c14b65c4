"""Model of a lesson: what a teacher needs for 45 minutes, printed on two sheets of paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from education.rendering.rich_text import RichTextField

from .bilingual import Bilingual, unique_slugs
from .directory import Helpline
from .guide import Guide
from .publishing import Publishable
from .quiz import Quiz
from .topic import Topic

# Without these fields a lesson can hurt a pupil, so a language without them cannot be published.
SAFETY_FIELDS = ("warning", "opt_out", "disclosure", "handout")


class Lesson(Bilingual, Publishable):
    """A lesson. Its last part is the handout that pupils take home, with the helplines."""

    required_fields = ("title", "slug", "short_answer")

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="lessons", verbose_name=_("topic"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    guides = models.ManyToManyField(Guide, related_name="+", blank=True, verbose_name=_("guides to read"))
    quizzes = models.ManyToManyField(Quiz, related_name="+", blank=True, verbose_name=_("related quizzes"))
    helplines = models.ManyToManyField(
        Helpline, related_name="+", blank=True, verbose_name=_("helplines on the sheet for pupils")
    )
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=80, null=True)
    grades = models.CharField(_("ages or grades"), max_length=80, blank=True)
    short_answer = models.TextField(_("what it is about"), help_text=_("One or two sentences; also shown in lists."))
    goals = models.TextField(_("goals"), blank=True, help_text=_("One per line: what pupils can do afterwards."))
    materials = models.TextField(_("what you need"), blank=True, help_text=_("One item per line."))
    warning = models.TextField(
        _("words before the lesson"), blank=True, help_text=_("Read aloud: what the lesson is about.")
    )
    opt_out = models.TextField(_("how a pupil can opt out"), blank=True)
    body = RichTextField(_("the lesson, step by step"))
    disclosure = models.TextField(_("if a pupil tells you something in class"), blank=True)
    handout = RichTextField(_("the sheet for pupils"), help_text=_("The helplines are added automatically."))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = unique_slugs("lesson")

    def __str__(self) -> str:
        return self.localized.title

    @property
    def goal_list(self) -> list[str]:
        """Return the goals as a list."""
        return _lines(self.localized.goals)

    @property
    def material_list(self) -> list[str]:
        """Return the materials that the teacher needs as a list."""
        return _lines(self.localized.materials)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
