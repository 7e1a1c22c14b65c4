"""The checklists of the desk: what to do in a case of one category, as leads and editors word it."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .agency import Agency
from .category import Category
from .reply import FORMAL_HELP, LIFE_HELP, SETTLING, Life

# {helpline}, {ways} and {guide}: the directory and the guides fill them in when the text is used.
GAP = re.compile(r"\{[^{}]*\}")
NUMBER = re.compile(r"\d{3,}")  # a number to call; those come from the directory, which somebody checks


class ChecklistItem(models.Model):
    """One item of a checklist: what to do, and optionally the text that one press puts into the reply.

    ``helpline`` is the slug of a helpline of the directory, ``guide`` the number of a guide: the two apps share no
    tables. An item without a category belongs to every checklist.
    """

    class Kind(models.TextChoices):
        SAY = "say", pgettext_lazy("checklist", "Say")
        ASK = "ask", pgettext_lazy("checklist", "Ask")
        DO = "do", pgettext_lazy("checklist", "Do")
        HELPLINE = "helpline", pgettext_lazy("checklist", "Helpline")
        GUIDE = "guide", pgettext_lazy("checklist", "Guide")
        REFER = "refer", pgettext_lazy("checklist", "Refer")

    class Certainty(models.TextChoices):
        RULE = "rule", _("our own rule")
        SEVERAL = "several", _("two or more sources agree")
        ONE = "one", _("one source")
        DOUBTFUL = "doubtful", _("old or doubtful, check before use")

    key = models.SlugField(_("key"), unique=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    category = models.ForeignKey(
        Category,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Empty: in the checklist of every category."),
    )
    life = models.CharField(
        _("whose life"), max_length=5, choices=Life, default="", db_default="", blank=True, help_text=LIFE_HELP
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("what to do"), max_length=200)
    text = models.TextField(
        _("text for the reply"),
        max_length=1000,
        blank=True,
        help_text=_(
            "One press puts it into the reply. Do not name the harm: the person reading may not be the reporter. "
            "{helpline} becomes the name and the numbers of the helpline, {ways} the numbers only, {guide} the neutral "
            "address of the guide."
        ),
    )
    # NULL: nobody has saved this item since the column exists, so the shipped text may fill it (load_checklists).
    formal = models.TextField(
        _("text for a parent or teacher"), max_length=1000, null=True, blank=True, help_text=FORMAL_HELP
    )
    helpline = models.SlugField(_("helpline"), max_length=60, blank=True)
    guide = models.PositiveSmallIntegerField(_("guide"), null=True, blank=True)
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    certainty = models.CharField(_("how sure it is"), max_length=10, choices=Certainty, default=Certainty.RULE)
    source = models.URLField(_("source"), max_length=500, blank=True)
    dated = models.CharField(_("date on the source"), max_length=30, blank=True)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day a staff member opened the source and confirmed that it still says this."),
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["category", "order", "key"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse text with a typed number, an unknown gap or an offer to settle, and a fact without its source."""
        names = [field.name for field in self._meta.concrete_fields]
        for field in (name for name in names if name.startswith(("text_", "formal_"))):  # one for each language
            if problem := self._problem(getattr(self, field) or ""):
                raise ValidationError({field: problem})
        for field in (name for name in names if name.startswith("formal_")):
            setattr(self, field, getattr(self, field) or "")  # somebody left it empty
        if self.certainty in (self.Certainty.SEVERAL, self.Certainty.ONE) and not self.source:
            raise ValidationError({"source": _("Name the source, or say that it is our own rule.")})

    def _problem(self, text: str) -> str:
        if SETTLING.search(text):
            return gettext("A reply must not offer a settlement or mediation.")
        if NUMBER.search(text):
            return gettext("Do not type a number. Choose the helpline and write {helpline} or {ways}.")
        referred = {"{guide}": self.guide, "{helpline}": self.helpline, "{ways}": self.helpline}
        if unknown := [gap for gap in GAP.findall(text) if not referred.get(gap)]:
            return gettext("Nothing fills in %(gap)s. Choose the helpline or the guide, or remove it.") % {
                "gap": unknown[0]
            }
        return ""
