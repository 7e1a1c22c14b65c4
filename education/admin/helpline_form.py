"""Form of a helpline: opening hours in all time zones, provinces as checkboxes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from education.helplines import opening_hours
from education.models.bilingual import columns
from safetycenter import provinces

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
        for field in hours_without_zones(answers):
            self.add_error(field, MISSING_ZONES)
        return answers


def hours_without_zones(texts: dict[str, Any]) -> list[str]:
    """Return the columns of hours written by hand that lack a zone, if the structured hours in ``texts`` are known."""
    try:
        has_a_clock = bool(opening_hours.parse(texts.get("open_hours") or ""))
    except ValidationError:  # reported at that field
        has_a_clock = False
    written = {name: texts[name] for name in columns("hours") if has_a_clock and texts.get(name)}
    return [name for name, text in written.items() if not all(zone in text for zone in opening_hours.UTC_OFFSETS)]
