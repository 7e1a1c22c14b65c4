"""What the forms of all actions share: the version of the page, and a reason that is stored as a team note."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from ..models.reply import SETTLING

MAX_LENGTH = 4000
MAY_SETTLE = gettext_lazy(
    "“%(words)s” can be read as an offer to settle or mediate. By law (UU TPKS, article 23), sexual violence is not "
    "settled outside court, and the reader could feel pressed. Change the words, or confirm below the message that it "
    "offers nothing like that."
)


class ActionForm(forms.Form):
    """The field that every action sends: the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def details(self) -> dict:
        """Return the keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def has_words(self) -> bool:
        """Whether a box for words has some. Of a form that comes back these are what somebody typed."""
        boxes = [one for one in self.visible_fields() if isinstance(one.field.widget, forms.Textarea | forms.TextInput)]
        return any(str(box.value() or "").strip() for box in boxes)


class WordsToReporterForm(ActionForm):
    """A form whose ``text`` the reporter reads. Words that may offer a settlement are sent only once confirmed (J2).

    Not refused, because a message may also say that nobody has to settle. The field for it is there once it is needed.
    """

    no_settlement = forms.BooleanField(
        label=gettext_lazy("I have read it again: it offers no settlement and no mediation."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        confirmation = self.fields.pop("no_settlement")
        if SETTLING.search(self.data.get("text", "")):
            self.fields["no_settlement"] = confirmation  # below the text

    @property
    def details(self) -> dict:
        """Return the keyword arguments of the action; that it was confirmed is none."""
        return {name: value for name, value in super().details.items() if name != "no_settlement"}

    def clean(self) -> dict:
        """Return the values. Adds an error for words that may offer a settlement and were not confirmed."""
        values = super().clean() or self.cleaned_data
        found = SETTLING.search(values.get("text") or "")
        if found and not values.get("no_settlement"):
            self.add_error("text", forms.ValidationError(MAY_SETTLE, params={"words": found[0]}))
        return values


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
