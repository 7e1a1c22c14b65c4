"""Models of the search index and of the synonyms that editors maintain."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .directory import Helpline
from .guide import Guide
from .page import Page
from .platform import Platform
from .readers import fits_alert

# List pages, which show no single item.
LIST_PAGES = ("emergency", "helplines", "lessons", "quizzes", "platforms")


class SearchDoc(models.Model):
    """One item in one language in the search index: stems to match, plain text for the excerpt.

    ``education.search.documents`` writes it after every change of the item; it is never edited. Both databases build
    their full-text index from the three columns of stems (``education.search.index``).
    """

    class Kind(models.TextChoices):
        """The kind of item found."""

        GUIDE = "guide", _("Guide")
        PAGE = "page", _("Page")
        HELPLINE = "helpline", _("Helpline")
        TERM = "term", _("Term")
        NEWS = "news", _("News")
        QUIZ = "quiz", _("Quiz")
        LESSON = "lesson", _("Lesson")
        PLATFORM = "platform", _("App: rules and settings")

    kind = models.CharField(max_length=8, choices=Kind)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=5)
    position = models.PositiveIntegerField(help_text="Order among equals: guides first, in the order of their numbers.")
    title = models.TextField()
    text = models.TextField()
    title_stems = models.TextField()
    lead_stems = models.TextField()
    text_stems = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "language"], name="searchdoc_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.language})"


class KnownWord(models.Model):
    """A word that occurs in a text, for "did you mean"."""

    language = models.CharField(max_length=5)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="known_word_once")]

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Search terms that people type, mapped to the words that our texts use."""

    class Child(models.TextChoices):
        """The statement about a child that a search term makes."""

        CARER = "carer", _("a parent or teacher says this about a child")
        HARM = "harm", _("when a parent or teacher says it, a child was harmed")

    key = models.SlugField(unique=True, null=True, editable=False)  # only of synonyms from the starter content
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    typed = models.TextField(_("search term"), help_text=_("One word or short phrase per line."))
    means = models.CharField(
        _("words used in our texts"), max_length=200, help_text=_("Words or short phrases, separated by commas.")
    )
    crisis = models.BooleanField(
        _("show crisis helplines"), default=False, help_text=_("The person who types this may be thinking of dying.")
    )
    hurt = models.BooleanField(
        _("show who helps when someone is hurt"),
        default=False,
        help_text=_("The person who types this may be beaten, abused or locked in now."),
    )
    child = models.CharField(
        _("about a child"),
        max_length=5,
        choices=Child,
        blank=True,
        help_text=_("When both occur in a search, readers see who helps a child, in words for a parent or teacher."),
    )
    first = models.CharField(
        _("pinned to top"),
        max_length=100,
        blank=True,
        help_text=_(
            "Results that must come first, in this order, separated by commas: guide numbers, keys of pages or "
            "helplines, app- and the key of an app, “emergency”, “helplines”, “lessons”, “quizzes” or “platforms”."
        ),
    )

    class Meta:
        ordering = ["language", "means"]
        verbose_name = _("synonym")
        verbose_name_plural = _("search: synonyms and slang")

    def __str__(self) -> str:
        return f"{self.means} ({self.language})"

    @property
    def phrases(self) -> list[str]:
        """Return the search terms as a list."""
        return [line.strip() for line in self.typed.splitlines() if line.strip()]

    @property
    def pinned_keys(self) -> tuple[str, ...]:
        """Return the pinned results as a tuple of numbers and keys."""
        return tuple(part.strip() for part in self.first.split(",") if part.strip())

    def clean(self) -> None:
        """Reject a pinned result that does not exist."""
        keys = (Page.objects.values_list("key", flat=True), Helpline.objects.values_list("slug", flat=True))
        known = {*LIST_PAGES, *keys[0], *keys[1]}
        known |= {platform.pin for platform in Platform.objects.only("key")}
        known |= {str(number) for number in Guide.objects.values_list("number", flat=True)}
        if nowhere := [part for part in self.pinned_keys if part not in known]:
            raise ValidationError({"first": _("Not found: %(what)s") % {"what": ", ".join(nowhere)}})
        if not self.fits_its_readers({}):
            raise ValidationError({"first": _("A child, or who stands by one, may type this. Pin a guide for them.")})

    def fits_its_readers(self, changed: dict[int, set[str]]) -> bool:
        """Return whether the guides that an alert pins fit who types it; ``changed``: audiences of guides.

        True for words that are no alert.
        """
        if not (self.crisis or self.hurt or self.child):
            return True
        numbers = [int(key) for key in self.pinned_keys if key.isdecimal()]
        guides = Guide.objects.filter(number__in=numbers).only("number").prefetch_related("audiences")
        known = {guide.number: {audience.key for audience in guide.audiences.all()} for guide in guides} | changed
        return fits_alert(self.child, [known[number] for number in numbers if number in known])

    @property
    def meanings(self) -> list[str]:
        """Return the words of our texts as a list."""
        return [part.strip() for part in self.means.split(",") if part.strip()]
