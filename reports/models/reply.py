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
SETTLING = re.compile(r"damai|mediasi|kekeluargaan|\bmediat|\bsettl|\breconcil", re.IGNORECASE)


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
    category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Offered only for cases of this category. Empty: for all."),
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
        written = [field.name for field in self._meta.concrete_fields if field.name.startswith("text_")]
        for field in written:  # one for each language
            if SETTLING.search(getattr(self, field) or ""):
                raise ValidationError({field: _("A reply must not offer a settlement or mediation.")})
