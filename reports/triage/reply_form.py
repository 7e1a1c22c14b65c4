"""The admin form of a reply template: a guide that a text links is for the reader to whom the text speaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..checklists.references import FORMAL_FIELDS, TEXT_FIELDS, directory

FIELDS = [(fields[code], fields is FORMAL_FIELDS) for fields in (TEXT_FIELDS, FORMAL_FIELDS) for code in fields]


class ReplyForm(forms.ModelForm):
    """A text for replies. A child may read each that does not speak to a parent, carer or teacher."""

    def clean(self) -> dict[str, Any]:
        """Refuse an address of a guide for other readers, such as one for adults in a text that a child may read."""
        data = super().clean() or self.cleaned_data
        for field, formal in FIELDS:
            linked = directory().guides_linked_in(data.get(field) or "")
            for number in (number for number in linked if not directory().is_guide_for(number, formal)):
                self.add_error(field, _("Guide %(number)s is not for the reader of this text.") % {"number": number})
        return data
