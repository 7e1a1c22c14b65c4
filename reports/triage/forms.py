"""One form for each action that needs words or a choice; the other actions only send the version of the page."""

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import Account

from ..cases import closing_guards
from ..evidence.outgoing import RefusedFileError
from ..models.case import Case, Outcome
from ..models.reply import GAP
from ..models.sent_file import Prepared, refuses_sent_files
from ..referral.time_to_refer import has_receipt
from . import reply_templates
from .action_form import (
    MAX_LENGTH,
    ActionForm,
    NoteForm,
    ReasonForm,
    RequiredReasonForm,
    WordsToReporterForm,
)
from .assignment_forms import (
    BreakLeaseForm,
    CategoryForm,
    ConfirmLinkForm,
    EscalateForm,
    ExcludeForm,
    FactForm,
    LinkForm,
    LookAgainForm,
    OfferForm,
    QuarantineForm,
    RecuseForm,
    RouteForm,
    UnlinkForm,
)
from .child_safety_forms import (
    HOLD_FORMS,
    LOCKED_FORMS,
    AllowFilesForm,
    AskLiftForm,
    ConfirmForm,
    HotlineForm,
    LiftForm,
    LockForm,
    TierForm,
)
from .data_requests import AnswerForm
from .misuse_forms import MISUSE_FORMS
from .referral_forms import REFERRAL_FORMS, ReferralForm
from .reply_file import prepared

PLACEHOLDER = re.compile(rf"{GAP.pattern}|\{{[^{{}}\n]*\}}")  # the braces are those of a checklist item


class MessageForm(WordsToReporterForm):
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

    file = forms.FileField(
        label=gettext_lazy("A file with it"),
        help_text=gettext_lazy(
            "PDF, PNG, JPEG or plain text, up to 2 MB; choose it last. It is made again without hidden facts, a PDF as "
            "pictures of its pages. Never a file of a case. The reporter can open it for 30 days."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"class": "file", "accept": ".pdf,.png,.jpg,.jpeg,.txt"}),
    )

    def __init__(self, *args: Any, case: Case | None = None, by: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._case, self._by = case, by
        self.takes_files = case is not None and not refuses_sent_files(case)
        self.fields["template"].choices = reply_templates.templates_for(case) if case else []  # type: ignore[attr-defined]
        if len(self.fields["template"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["template"]

    @property
    def details(self) -> dict:
        """Return the message and its file: which template it began from is not recorded."""
        return {"text": self.cleaned_data["text"], "file": self.cleaned_data.get("file")}

    def clean_file(self) -> Prepared | None:
        """Return the file made again. Raises ValidationError for one that is not sent."""
        if self._case is None or self._by is None or not (upload := self.cleaned_data["file"]):
            return None
        try:
            return prepared(self._case, upload, self._by)
        except RefusedFileError as refusal:
            raise forms.ValidationError(_("%(why)s Choose a file again."), params={"why": refusal}) from refusal

    def clean_text(self) -> str:
        """Return the message. Raises ValidationError for a gap that was not filled in."""
        if gap := PLACEHOLDER.search(self.cleaned_data["text"]):
            raise forms.ValidationError(
                _("A gap has not been filled in: %(gap)s. Fill it in or delete it first."), params={"gap": gap[0]}
            )
        return self.cleaned_data["text"]


class SendBackForm(RequiredReasonForm):
    """What the second person misses in a resolved case."""

    hint = gettext_lazy("What is missing, for the colleague who goes on with the case.")


class UnfreezeForm(RequiredReasonForm):
    """Why the person with the code is the reporter (safety rule H6)."""

    hint = gettext_lazy(
        "How you know that the person with the code is the reporter. From then on the code opens their messages again. "
        "If you are not sure, leave them closed."
    )


class EraseForm(RequiredReasonForm):
    """Why nothing of a withdrawn case is kept."""

    hint = gettext_lazy(
        "Why no law requires us to keep anything. The reason is a team note and is erased with the case; that you "
        "decided, and when, stays in the audit log."
    )


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

    def __init__(self, *args: Any, by_handler: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_handler:
            field: Any = self.fields["reason"]
            field.choices = field.choices[:-1]  # they are not the second person


FORMS: dict[str, type[ActionForm]] = {
    "reply": MessageForm,
    "ask": MessageForm,
    "note": NoteForm,
    "release": ReasonForm,
    "reopen": ReasonForm,
    **HOLD_FORMS,
    "resolve_without_message": ResolveWithoutMessageForm,
    "lock": LockForm,
    "copy_hotline_link": HotlineForm,
    "set_tier": TierForm,
    "ask_lift": AskLiftForm,
    "lift_restriction": LiftForm,
    "confirm_child": ConfirmForm,
    "allow_files": AllowFilesForm,
    **LOCKED_FORMS,
    "close": CloseForm,
    **MISUSE_FORMS,
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
    "confirm_link": ConfirmLinkForm,
    "unlink": UnlinkForm,
    "unfreeze": UnfreezeForm,
    "approve_erasure": EraseForm,
    "mark_fact": FactForm,
    "answer_data_request": AnswerForm,
    **REFERRAL_FORMS,
}

NEEDS_CASE = (MessageForm, AnswerForm, OfferForm, ExcludeForm, CloseForm, LookAgainForm, FactForm, ReferralForm)


def names_of_words(action: str) -> list[str]:
    """Return the names of the fields of ``action`` in which staff write text, such as a reply or a reason."""
    fields = FORMS.get(action, ActionForm).base_fields
    return [name for name, field in fields.items() if isinstance(field.widget, forms.Textarea)]


def form_for(action: str, case: Case, by: Account, data: Any = None, uploads: Any = None, **initial: Any) -> ActionForm:
    """Return the form of one action of ``by`` on ``case``: bound to ``data`` and ``uploads``, or with ``initial``."""
    form, options = FORMS.get(action, ActionForm), dict[str, Any]()
    if action == "release" and case.handler_id != by.pk:
        form = BreakLeaseForm
    if action == "reopen" and closing_guards.is_second_person(case, by):
        form = SendBackForm
    if issubclass(form, NEEDS_CASE):
        options["case"] = case
    if issubclass(form, MessageForm):
        options["by"] = by
    return form(data, uploads, initial={"version": case.version} | initial, auto_id=f"{action}-%s", **options)
