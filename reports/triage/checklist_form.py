"""The admin form of a checklist item: helpline and guide are chosen from what readers can see."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..checklists.references import directory
from ..models.checklist import ChecklistItem
from .reply_form import FIELDS, ReplyForm

NONE = ("", gettext_lazy("None"))


class ChecklistForm(ReplyForm):
    """A checklist item. A helpline or guide that is not published any more stays chosen, marked by its key only."""

    source = forms.URLField(
        label=gettext_lazy("Source"), max_length=500, required=False, assume_scheme="https", widget=AdminURLFieldWidget
    )

    class Meta:
        model = ChecklistItem
        fields: Any = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named, numbered = directory().helpline_choices(), directory().guide_choices()
        self.fields["helpline"] = self._choice("helpline", named, label=gettext_lazy("Helpline"))
        self.fields["guide"] = self._choice(
            "guide", numbered, label=gettext_lazy("Guide"), coerce=int, empty_value=None
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a text that links the chosen guide where nobody who reads the text is a reader of the guide."""
        data = super().clean()
        number = data.get("guide")
        for field, formal in FIELDS if number else ():
            # A guide for adults goes only into replies about adults (``references.text_for_reply``).
            if "{guide}" in (data.get(field) or "") and not directory().is_guide_for(number, formal, is_adult=True):
                self.add_error("guide", _("Guide %(number)s is not for the reader of this text.") % {"number": number})
                break
        return data

    def _choice(self, name: str, choices: list, **options: Any) -> forms.TypedChoiceField:
        now = getattr(self.instance, name)
        if now and now not in dict(choices):
            choices = [*choices, (now, str(now))]
        return forms.TypedChoiceField(choices=[NONE, *choices], required=False, **options)
