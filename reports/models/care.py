"""What the care for moderators needs to remember (safety rule H24): limits, choices of categories, ends of shifts.

What somebody had to look at is not kept here; it is counted from the audit log (``staffing.exposure``).
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .category import Category

AT_LEAST_ONE = [MinValueValidator(1)]


class DeskSettings(models.Model):
    """The one row of what supervisors set for everybody at the desk. A migration makes it."""

    stories = models.PositiveSmallIntegerField(_("stories a day"), default=40, validators=AT_LEAST_ONE)
    threads = models.PositiveSmallIntegerField(_("conversations a day"), default=60, validators=AT_LEAST_ONE)
    pictures = models.PositiveSmallIntegerField(
        _("pictures a day"),
        default=40,
        validators=AT_LEAST_ONE,
        help_text=_(
            "Each page of an opened file counts. “Take next” assigns no further case that day to a person who has "
            "reached a limit, except urgent ones (P0 and P1). The first numbers are not based on research: talk about "
            "them in the team."
        ),
    )
    wellbeing = models.TextField(
        _("wellbeing line"),
        max_length=500,
        blank=True,
        help_text=_(
            "Whom staff can call or write to about their own wellbeing, and when. All staff who work on "
            "reports read it on “Your wellbeing”. Nothing is shown while it is empty."
        ),
    )

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = _("care for moderators")
        verbose_name_plural = _("care for moderators")

    def __str__(self) -> str:
        return str(_("Limits and wellbeing line"))

    @classmethod
    def current(cls) -> "DeskSettings":
        """Return the settings in force."""
        return cls.objects.order_by("pk").first() or cls()


class OptOut(models.Model):
    """A category of which one person does not want to get cases. Only that person sees and changes it; no reason."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opt_outs")
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "category"], name="one_opt_out_a_category")]

    def __str__(self) -> str:
        return str(self.pk)


class ShiftEnd(models.Model):
    """When one person last ended a shift. They are on duty again with their next recorded action."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shift_end")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
