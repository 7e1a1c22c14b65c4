"""One form for each action that needs words or a choice; the other actions only send the version of the page."""

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Account

from ..models.case import Case, Outcome
from ..models.reply import GAP
from ..referral.time_to_refer import has_receipt
from . import reply_templates
from .action_form import MAX_LENGTH, ActionForm, NoteForm, ReasonForm, RequiredReasonForm
from .assignment_forms import (
    BreakLeaseForm,
    CategoryForm,
    EscalateForm,
    ExcludeForm,
    FactForm,
    LinkForm,
    LookAgainForm,
    OfferForm,
    QuarantineForm,
    RecuseForm,
    RouteForm,
)
from .child_safety_forms import (
    AllowFilesForm,
    AskLiftForm,
    ConfirmForm,
    DestroyForm,
    LiftForm,
    LockForm,
    TierForm,
)
from .data_requests import AnswerForm
from .referral_forms import REFERRAL_FORMS, ReferralForm

PLACEHOLDER = re.compile(rf"{GAP.pattern}|\{{[^{{}}\n]*\}}")  # the braces are those of a checklist item


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
        widget=forms.Textarea({"rows": 5, "autocomplete": "off", "data-key": "r"}),
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


class ResolveWithoutMessageForm(RequiredReasonForm):
    """The reason why the reporter does not get the outcome."""

    hint = gettext_lazy("Only if a message would put the person in danger, or if there is nobody to read it.")


class NumberedRadios(forms.RadioSelect):
    """Choices of which each has its number as a key, so that it is chosen with one press (``keys.js``)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the option with its key, and with the key after its label."""
        option = super().create_option(*args, **kwargs)
        key = int(option["index"]) + 1
        option["attrs"]["data-key"] = key
        return option | {"label": format_html('{} <kbd aria-hidden="true">{}</kbd>', option["label"], key)}


class CloseForm(ActionForm):
    """The reason why a case is closed; each has its sentence for the reporter."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[choice for choice in Outcome.choices if choice[0] not in (Outcome.DONE, Outcome.WITHDRAWN)],
        widget=NumberedRadios,  # a select would preselect the first reason
        error_messages={"required": gettext_lazy("Choose an outcome.")},
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_receipt(case):
            field: Any = self.fields["outcome"]
            field.choices = [choice for choice in field.choices if choice[0] != Outcome.REFERRED]


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
    "offer": OfferForm,
    "decline": ReasonForm,
    "escalate": EscalateForm,
    "recuse": RecuseForm,
    "exclude": ExcludeForm,
    "route": RouteForm,
    "quarantine": QuarantineForm,
    "look_again": LookAgainForm,
    "change_category": CategoryForm,
    "link": LinkForm,
    "mark_fact": FactForm,
    "answer_data_request": AnswerForm,
    **REFERRAL_FORMS,
}

NEEDS_CASE = (MessageForm, AnswerForm, OfferForm, ExcludeForm, CloseForm, LookAgainForm, ReferralForm)


def names_of_words(action: str) -> list[str]:
    """Return the names of the fields of ``action`` in which staff write text, such as a reply or a reason."""
    fields = FORMS.get(action, ActionForm).base_fields
    return [name for name, field in fields.items() if isinstance(field.widget, forms.Textarea)]


def form_for(action: str, case: Case, by: Account, data: Any = None, **initial: Any) -> ActionForm:
    """Return the form of one action of ``by`` on ``case``, bound to ``data`` or with ``initial`` values."""
    form, options = FORMS.get(action, ActionForm), dict[str, Any]()
    if action == "release" and case.handler_id != by.pk:
        form = BreakLeaseForm
    if issubclass(form, NEEDS_CASE):
        options["case"] = case
    return form(data, initial={"version": case.version} | initial, auto_id=f"{action}-%s", **options)
