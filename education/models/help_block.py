"""Model of the help texts in the report form and of first aid: one for each matter and person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .bilingual import Bilingual
from .guide import Guide
from .helpline_role import HelplineRole
from .publishing import Publishable
from .sources import Source


class HelpBlock(Bilingual, Publishable):
    """What the form says about one matter to one person. Code names the matter, editors write the text.

    ``block`` is a category of reports or a situation in the form. A block that is not published, or not in a language,
    is replaced by the shipped text, so the form never lacks one.
    """

    class Person(models.TextChoices):
        """Whom the text addresses. The label says how."""

        ME = "me", _("The person it happened to (kamu)")
        EASY = "easy", _("The person it happened to, in easier words (kamu)")
        ADULT = "adult", _("The person it happened to, a parent or teacher (Anda)")
        CHILD = "child", _("Parent or carer of a child (Anda)")
        PUPIL = "pupil", _("Teacher of a pupil (Anda)")
        FRIEND = "friend", _("Friend, brother or sister (kamu)")
        STRANGER = "stranger", _("Somebody who saw it (kamu)")
        DID_IT = "did_it", _("Somebody who did something (kamu)")

    FORMAL = (Person.ADULT, Person.CHILD, Person.PUPIL)  # addressed as Anda
    OWN = (Person.ME, Person.EASY, Person.ADULT)  # it happened to the reader
    sensitive = True  # always published by a second person
    required_fields = ("title", "lines")

    name = models.SlugField(_("key"), max_length=60, unique=True, editable=False)
    block = models.SlugField(_("matter"), max_length=40, editable=False)
    person = models.CharField(_("person"), max_length=10, choices=Person, editable=False)
    number = models.CharField(
        _("number"),
        max_length=20,
        choices=HelplineRole.Role,
        help_text=_("Who answers is chosen under helpline roles."),
    )
    tool = models.CharField(
        _("tool"),
        max_length=20,
        choices=HelplineRole.Role,
        blank=True,
        help_text=_("A helpline role whose site is the tool. It is shown instead of the guide."),
    )
    guide = models.ForeignKey(
        Guide, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("guide")
    )
    title = models.CharField(_("title"), max_length=140)
    lines = models.TextField(
        _("first aid"),
        help_text=_("Three lines, together at most 40 words. They are also the first steps of the help page."),
    )
    steps = models.TextField(
        _("further steps"),
        blank=True,
        help_text=_("One step per line. A name in braces stands for a sentence that nobody may change; see above."),
    )
    say = models.CharField(
        _("sentence to say or to show"), max_length=160, blank=True, help_text=_("Words that the reader can use.")
    )
    closing = models.TextField(_("closing sentences"), blank=True, help_text=_("One paragraph per line."))

    class Meta:
        ordering = ["block", "pk"]
        verbose_name = _("help text")
        verbose_name_plural = _("help texts")

    def __str__(self) -> str:
        return f"{self.block} · {self.get_person_display()}"


class HelpSource(Source):
    """A source of a help text."""

    help_block = models.ForeignKey(HelpBlock, on_delete=models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
