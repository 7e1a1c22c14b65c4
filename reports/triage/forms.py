"""One form for each action that needs words or a choice; the other actions only send the version of the page."""

import re
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text
from safetycenter.roles import Account

from ..models.case import Case, Outcome
from . import reply_templates
from .queue import TIERS

MAX_LENGTH = 4000
# Words in square brackets, as in reply templates; not ``example[.]com``, a defanged link.
PLACEHOLDER = re.compile(r"\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\]|\{[^{}\n]*\}")


class ActionForm(forms.Form):
    """The field that every action sends: the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def details(self) -> dict:
        """Return the keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MessageForm(ActionForm):
    """A message to the reporter, optionally from a reply template. No gap may be left in it."""

    template = forms.ChoiceField(label=gettext_lazy("Use a template"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Message"),
        help_text=gettext_lazy(
            "The person reading may not be the reporter: do not mention the harm, names or the category. Do not "
            "ask again for what was already answered."
        ),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the message first.")},
    )

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = reply_templates.templates_for(case) if case else []  # type: ignore[attr-defined]
        if len(self.fields["template"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["template"]

    @property
    def details(self) -> dict:
        """Return the message only: which template it began from is not recorded."""
        return {"text": self.cleaned_data["text"]}

    def clean_text(self) -> str:
        """Return the message. Raises ValidationError for a gap that was not filled in."""
        if gap := PLACEHOLDER.search(self.cleaned_data["text"]):
            raise forms.ValidationError(
                _("A gap has not been filled in: %(gap)s. Fill it in or delete it first."), params={"gap": gap[0]}
            )
        return self.cleaned_data["text"]


class NoteForm(ActionForm):
    """A note for the team."""

    text = forms.CharField(
        label=gettext_lazy("Team note (the reporter never sees it)"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the note first.")},
    )


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


class BreakLeaseForm(RequiredReasonForm):
    """The reason why a case is taken from the person who holds it."""

    hint = gettext_lazy(
        "This case is assigned to someone else. They and the auditor will see that you reassigned it to yourself."
    )


class LockForm(RequiredReasonForm):
    """The reason why a case is locked."""

    hint = gettext_lazy(
        "The case goes to child safety, all copies for viewing are destroyed, and nobody can open a file any more. "
        "Say which file it is, but do not describe it."
    )


class TierForm(RequiredReasonForm):
    """The tier of a case, and the reason for it."""

    tier = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        help_text=gettext_lazy(
            "The assignee may raise the priority. Only child safety can lower the priority of a P0 or P1 case."
        ),
        choices=[(tier, format_lazy("P{} · {}", tier, label)) for tier, label in TIERS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a priority.")},
    )
    field_order = ["tier", "reason"]
    hint = gettext_lazy("What in the case supports this priority. Later words about dying raise it again.")


class AskLiftForm(RequiredReasonForm):
    """The reason why a case need not be restricted."""

    hint = gettext_lazy(
        "Only if nothing in the case sexually involves a child. A second member of child safety decides. Only "
        "child safety can read your reason."
    )


class LiftForm(RequiredReasonForm):
    """The reason why the second person agrees."""

    hint = gettext_lazy(
        "After that, moderators can assign the case to themselves and read its text and messages. Files that were "
        "not opened before stay closed, and only child safety can read its own notes."
    )


class ConfirmForm(RequiredReasonForm):
    """The judgement of child safety."""

    hint = gettext_lazy(
        "Only if you have concluded that it is true. Files of every case that names the same account, link or "
        "number then stay closed, and this cannot be undone."
    )


class AllowFilesForm(RequiredReasonForm):
    """The reason why files may be opened although another report names the same account, link or number."""

    hint = gettext_lazy(
        "Another report that names the same account, link or number is not confirmed. Allow the files only if "
        "nothing in this case sexually involves a child. Everyone who reads this case can read your reason: do not "
        "mention the other report."
    )


class DestroyForm(RequiredReasonForm):
    """The person or body who decided that files are destroyed."""

    hint = gettext_lazy("Who decided (police, counsel), on which day, under which number.")


class ResolveWithoutMessageForm(RequiredReasonForm):
    """The reason why the reporter does not get the outcome."""

    hint = gettext_lazy("Only if a message would put the person in danger, or if there is nobody to read it.")


class CloseForm(ActionForm):
    """The reason why a case is closed; each has its sentence for the reporter."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[choice for choice in Outcome.choices if choice[0] not in (Outcome.DONE, Outcome.WITHDRAWN)],
        widget=forms.RadioSelect,  # a select would preselect the first reason
        error_messages={"required": gettext_lazy("Choose an outcome.")},
    )


class OpenForm(forms.Form):
    """The reason why a file is opened."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you open it?"),
        choices=[
            ("", gettext_lazy("Choose a reason")),
            ("assess", gettext_lazy("To judge how serious it is")),
            ("answer", gettext_lazy("To answer the reporter")),
            ("second", gettext_lazy("As the second person")),
        ],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )


FORMS: dict[str, type[ActionForm]] = {
    "reply": MessageForm,
    "ask": MessageForm,
    "note": NoteForm,
    "release": ReasonForm,
    "reopen": ReasonForm,
    "hold": RequiredReasonForm,
    "restrict": RequiredReasonForm,
    "lift_hold": RequiredReasonForm,
    "resolve_without_message": ResolveWithoutMessageForm,
    "lock": LockForm,
    "set_tier": TierForm,
    "ask_lift": AskLiftForm,
    "lift_restriction": LiftForm,
    "confirm_child": ConfirmForm,
    "allow_files": AllowFilesForm,
    "destroy_files": DestroyForm,
    "close": CloseForm,
}


def names_of_words(action: str) -> list[str]:
    """Return the names of the fields of ``action`` in which staff write text, such as a reply or a reason."""
    fields = FORMS.get(action, ActionForm).base_fields
    return [name for name, field in fields.items() if isinstance(field.widget, forms.Textarea)]


def form_for(action: str, case: Case, by: Account, data: Any = None, **initial: Any) -> ActionForm:
    """Return the form of one action of ``by`` on ``case``, bound to ``data`` or with ``initial`` values."""
    form, options = FORMS.get(action, ActionForm), dict[str, Any]()
    if action == "release" and case.handler_id != by.pk:
        form = BreakLeaseForm
    if issubclass(form, MessageForm):
        options["case"] = case
    return form(data, initial={"version": case.version} | initial, auto_id=f"{action}-%s", **options)
