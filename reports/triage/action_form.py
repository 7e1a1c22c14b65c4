"""What the forms of all actions share: the version of the page, and a reason that is stored as a team note."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

MAX_LENGTH = 4000


class ActionForm(forms.Form):
    """The field that every action sends: the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def details(self) -> dict:
        """Return the keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReasonForm(ActionForm):
    """An optional reason, stored as a team note."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (kept as a team note)"),
        max_length=MAX_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )


class RequiredReasonForm(ReasonForm):
    """A required reason; ``hint`` says what to write."""

    hint: Text = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required, self.fields["reason"].help_text = True, self.hint
        self.fields["reason"].error_messages["required"] = _("Write the reason first.")


class NoteForm(ActionForm):
    """A note for the team."""

    text = forms.CharField(
        label=gettext_lazy("Team note (the reporter never sees it)"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the note first.")},
    )
