"""Models of guides and what belongs to them."""

from math import ceil

from django.core.exceptions import ValidationError
from django.core.validators import validate_comma_separated_integer_list
from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.rendering.rich_text import RichTextField, word_count

from .bilingual import Bilingual, unique_slugs
from .directory import Helpline
from .picture import Picture
from .publishing import Publishable, free_number
from .sources import Source, mark_field
from .topic import Audience, Topic

LARGE_FIELDS = ("body", "checklist", "easy")  # fields that lists do not load
SAFETY_MARK = "*"  # marks a step that is never left out of a shortened list
WORDS_PER_MINUTE = 180  # for a calm reader on a phone; adults read 200 to 240


def next_number() -> int:
    """Return the number of the next guide written on this site."""
    return free_number(Guide)


class Guide(Bilingual, Publishable):
    """A guide.

    ``number`` gives its neutral address. ``sensitive`` switches on everything that protects a reader: neutral title,
    quick exit, no sharing, numbered links.
    """

    required_fields = ("title", "slug", "short_answer")  # without the body, which lists do not load

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, default=next_number, help_text=_("Its neutral address: /p/number/")
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="guides", verbose_name=_("topic"))
    subject = models.SlugField(
        _("subject"),
        blank=True,
        help_text=_("Use the same word in guides on this subject for other readers, such as parents or teachers."),
    )
    also_for_others = models.CharField(
        _("guides for other readers"),
        max_length=40,
        blank=True,
        validators=[validate_comma_separated_integer_list],
        help_text=_("Numbers of guides for other readers, if none has the same subject: 16,18."),
    )
    audiences = models.ManyToManyField(Audience, related_name="guides", verbose_name=_("audiences"))
    helplines = models.ManyToManyField(
        Helpline, through="GuideHelpline", related_name="guides", verbose_name=_("helplines")
    )
    sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Neutral tab title, quick exit, no sharing, links by number.")
    )
    often_needed = models.BooleanField(
        _("often needed"),
        default=False,
        help_text=_("Shown first on the front page. Sensitive guides are never shown there."),
    )
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=80, null=True)
    short_answer = models.TextField(_("short answer"), help_text=_("One to three sentences; also shown in lists."))
    checklist = models.TextField(
        _("what you can do now"),
        blank=True,
        help_text=_(
            'One step per line, four to seven steps. Write a link as &lt;a href="…"&gt;text&lt;/a&gt;. Start a '
            "line about safety with * : it is then always part of the text for chats."
        ),
    )
    body = RichTextField(_("text"))
    # Without an index: nothing is looked up by it that readers wait for.
    cover = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("cover"),
        help_text=_(
            "A picture of the library. Shown on the guide, and beside its link in chats. Not for sensitive ones."
        ),
    )
    cover_alt = models.CharField(
        _("alt text of the cover"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: taken from the library when you save."),
    )
    easy = RichTextField(
        _("easy-to-read version"),
        blank=True,
        help_text=_("Short sentences with one idea each. It is shown on a separate page."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = models.CharField(
        _("reviewed by (role)"), max_length=120, blank=True, help_text=_("A role, not a name: child psychologist.")
    )
    app = models.CharField(
        _("app with steps in the text"),
        max_length=40,
        blank=True,
        help_text=_("The name of the app, if the text says what to tap."),
    )
    app_tried_on = models.DateField(
        _("steps last tested on"),
        null=True,
        blank=True,
        help_text=_("The day a staff member tried every step in the Indonesian version of the app."),
    )
    review_due = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        permissions = [
            ("publish_content", _("Can publish content")),
            ("approve_content", _("Can approve content for a publisher")),
            ("unpublish_content", _("Can unpublish content immediately")),
            ("write_original", _("Can change the original text and all other fields, not only the translation")),
        ]
        constraints = unique_slugs("guide")

    def __str__(self) -> str:
        return f"{self.number}. {self.localized.title}"

    def clean(self) -> None:
        """Reject a number in ``also_for_others`` that belongs to no other guide."""
        super().clean()
        known = set(
            Guide.objects.exclude(pk=self.pk)
            .filter(number__in=self.other_guide_numbers)
            .values_list("number", flat=True)
        )
        if nowhere := [str(number) for number in self.other_guide_numbers if number not in known]:
            raise ValidationError({"also_for_others": _("Not found: %(what)s") % {"what": ", ".join(nowhere)}})

    @property
    def shown_cover(self) -> Picture | None:
        """Return the cover, unless guide or topic are sensitive: somebody else may see the screen (H9, H26)."""
        return None if self.sensitive or self.topic.sensitive else self.cover

    @property
    def steps(self) -> list[str]:
        """Return the steps of the checklist. A step may contain a link."""
        return [line.removeprefix(SAFETY_MARK).strip() for line in _lines(self.localized.checklist)]

    @property
    def safety_steps(self) -> list[int]:
        """Return the indices, from 0, of the steps that a shortened list must keep because safety depends on them."""
        return [place for place, line in enumerate(_lines(self.localized.checklist)) if line.startswith(SAFETY_MARK)]

    @property
    def other_guide_numbers(self) -> list[int]:
        """Return the numbers of the guides named for other readers."""
        return [int(number) for number in self.also_for_others.split(",") if number.isdecimal()]

    @property
    def minutes(self) -> int:
        """Return the reading time in minutes, at least one."""
        words = word_count(f"{self.localized.short_answer} {self.localized.checklist} {self.localized.body}")
        return max(1, ceil(words / WORDS_PER_MINUTE))

    @property
    def review_overdue(self) -> bool:
        """Return whether the date of the next review has passed."""
        return self.review_due is not None and self.review_due < timezone.localdate()


def _lines(checklist: str) -> list[str]:
    return [line.strip() for line in checklist.splitlines() if line.strip()]


class GuideHelpline(models.Model):
    """A helpline offered beside a guide. The most suitable one comes first."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE)
    helpline = models.ForeignKey(Helpline, on_delete=models.CASCADE, verbose_name=_("helpline"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines, the best one first")
        constraints = [UniqueConstraint(fields=["guide", "helpline"], name="guide_helpline_once")]

    def __str__(self) -> str:
        return self.helpline.slug


class GuideSource(Source):
    """A source of a guide. Without a mark, readers see none: sites have sources from before marks existed."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sources")
    mark = mark_field(blank=True, default="", db_default="")

    class Meta(Source.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
