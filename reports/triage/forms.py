"""One form for each action that needs words or a choice; the others only carry the version of the page."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.case import Outcome

LONGEST = 4000


class ActionForm(forms.Form):
    """What every action sends: the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def details(self) -> dict:
        """The keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WordsForm(ActionForm):
    """Words to the reporter. They must not carry a link into the desk or an open placeholder."""

    text = forms.CharField(
        label=gettext_lazy("Message"),
        help_text=gettext_lazy(
            "The person reading may not be the reporter: name no harm, no names, no category. "
            "Do not ask again what was answered."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the message first.")},
    )

    def clean_text(self):
        """Refuse a message with a gap that was not filled in."""
        text = self.cleaned_data["text"]
        if "[[" in text or "{" in text:
            raise forms.ValidationError(_("A placeholder is still open. Fill it in first."))
        return text


class NoteForm(ActionForm):
    """A note among staff."""

    text = forms.CharField(
        label=gettext_lazy("Team note (the reporter never sees it)"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the note first.")},
    )


class ReasonForm(ActionForm):
    """An optional reason, kept as a team note."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (kept as a team note)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )


class NeededReasonForm(ReasonForm):
    """A reason that must be given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _("Write the reason first.")


class CloseForm(ActionForm):
    """Why a case is closed; each reason has its sentence for the reporter."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.WITHDRAWN],
        error_messages={"required": gettext_lazy("Choose an outcome.")},
    )


class OpenForm(forms.Form):
    """Why a file is opened."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you open it?"),
        choices=[
            ("assess", gettext_lazy("To judge how serious it is")),
            ("answer", gettext_lazy("To answer the reporter")),
            ("second", gettext_lazy("As the second person")),
        ],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )


FORMS = {
    "reply": WordsForm,
    "ask": WordsForm,
    "note": NoteForm,
    "release": ReasonForm,
    "reopen": ReasonForm,
    "hold": NeededReasonForm,
    "restrict": NeededReasonForm,
    "lift_hold": NeededReasonForm,
    "close": CloseForm,
}


def form_for(action: str, data=None, version: int | None = None) -> ActionForm:
    """The form of one action."""
    return FORMS.get(action, ActionForm)(data, initial={"version": version}, prefix=None, auto_id=f"{action}-%s")
