"""Reply templates for staff: worded by a lead in every language, with placeholders to fill in."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .category import Category

# A gap to fill in, as in ``[day and time]``: more than digits and signs, so that ``example[.]com`` has none. The script
# of the reply box gets the same pattern, so it uses only what both languages have.
GAP = re.compile(r"\[[^\[\]\n]*[^\s\d!-\/:-@\[-`\{-~][^\[\]\n]*\]")
# TPKS art. 23: sexual violence is not settled outside court. No reply may offer that, whatever the case (J2).
# The whole word is found, for the sentence that names it.
SETTLING = re.compile(
    r"\w{0,20}(?:damai|mediasi|kekeluargaan|musyawarah|restorati|dinikahkan)\w{0,20}|\b(?:mediat|settl|reconcil)\w{0,20}"
    r"|\b(?:out\s+of|outside(?:\s+of)?|di luar|luar)\s+(?:court|pengadilan|peradilan)\b|\bmak(?:e|ing) peace\b",
    re.IGNORECASE,
)
FORMAL_HELP = _(
    "For a parent, carer or teacher who reports for a child: “Anda” in Indonesian, about the child, not about the "
    "reader. Empty: the text above is used."
)


class Life(models.TextChoices):
    """Whose life a text speaks of, where a life may be at risk. ``""``: it says nothing of that."""

    OWN = "own", _("only the reporter's own")
    OTHER = "other", _("only somebody else's")


LIFE_HELP = _(
    "Where a life may be at risk, a friend who writes about somebody else gets other words than the person at risk. "
    "Empty: offered to both, and filled in first only for the person it happened to."
)


class ReplyTemplate(models.Model):
    """A reply template. ``[…]`` is a placeholder; a message is not sent while one is left."""

    key = models.SlugField(_("key"), unique=True, max_length=40)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(
        _("text"),
        max_length=2000,
        help_text=_(
            "Do not name the harm: the person reading may not be the reporter. Do not promise removal. Mark each "
            "gap with [square brackets]."
        ),
    )
    # NULL: no lead has saved this template since the column exists, so the shipped text may fill it (load_replies).
    formal = models.TextField(
        _("text for a parent or teacher"), max_length=2000, null=True, blank=True, help_text=FORMAL_HELP
    )
    category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Offered only for cases of this category. Empty: for all."),
    )
    life = models.CharField(
        _("whose life"), max_length=5, choices=Life, default="", db_default="", blank=True, help_text=LIFE_HELP
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["order", "key"]
        default_permissions = ("view", "add", "change")
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse text that offers to settle a matter outside court."""
        names = [field.name for field in self._meta.concrete_fields]
        for field in (name for name in names if name.startswith(("text_", "formal_"))):  # one for each language
            if SETTLING.search(getattr(self, field) or ""):
                raise ValidationError({field: _("A reply must not offer a settlement or mediation.")})
        for field in (name for name in names if name.startswith("formal_")):
            setattr(self, field, getattr(self, field) or "")  # a lead left it empty
