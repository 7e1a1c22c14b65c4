"""Form of a helpline: opening hours in all time zones, provinces as checkboxes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from education.helplines import opening_hours, provinces
from education.models.bilingual import columns

from .base import ContentForm

MISSING_ZONES = _(
    "Write the hours in WIB, WITA and WIT, or leave this empty: the text is then made from the opening hours."
)


class HelplineForm(ContentForm):
    """Form with the provinces as checkboxes and the hours in all three zones (A6)."""

    provinces = forms.MultipleChoiceField(
        label=_("Only in these provinces"),
        choices=provinces.CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None selected: all of Indonesia."),
    )

    def clean(self) -> dict[str, Any]:
        """Require all three zones in hours written by hand, if the structured hours are known."""
        answers = super().clean()
        try:
            has_a_clock = bool(opening_hours.parse(answers.get("open_hours") or ""))
        except ValidationError:  # reported at that field
            has_a_clock = False
        for field in columns("hours") if has_a_clock else ():
            text = answers.get(field)
            if text and not all(zone in text for zone in opening_hours.UTC_OFFSETS):
                self.add_error(field, MISSING_ZONES)
        return answers
