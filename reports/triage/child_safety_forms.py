"""Forms of actions about children, about the tier of a case, and about legal holds."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.custody import AGREEMENT_LASTS
from .action_form import ActionForm, RequiredReasonForm
from .why import TIERS


class HotlineForm(RequiredReasonForm):
    """The reason why the link goes to a hotline."""

    hint = gettext_lazy(
        "To which hotline it goes, and why. The link is then shown once, to be pasted into the hotline's form. "
        "Do not open it, and do not describe what it shows."
    )


class LockForm(RequiredReasonForm):
    """The reason why a case is locked."""

    hint = gettext_lazy(
        "The case goes to child safety, all copies for viewing are destroyed, nobody can open a file any more, and the "
        "keys of the files go to the one lead who is named for this. "
        "Say which file it is, but do not describe it."
    )


class TierForm(RequiredReasonForm):
    """The tier of a case, and the reason for it."""

    tier = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        help_text=gettext_lazy(
            "Everyone who sorts cases may set it while a case waits, then the assignee. Only child safety can lower "
            "the priority of a P0 or P1 case."
        ),
        choices=[(tier, format_lazy("P{} · {}", tier, label)) for tier, label in TIERS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a priority.")},
    )
    field_order = ["tier", "reason"]
    hint = gettext_lazy("What in the case supports this priority. Later words about dying raise it again.")


class RestrictForm(RequiredReasonForm):
    """The reason why only child safety may see a case."""

    hint = gettext_lazy(
        "What in the case sexually involves a child. From then on only child safety sees it, also its messages and "
        "notes, and you lose it at once. It is P1 then, or stays P0. Only two members of child safety can lift that."
    )


class HoldForm(RequiredReasonForm):
    """Who requires a legal hold."""

    hint = gettext_lazy(
        "Who requires it and on which basis, with day and number. Until somebody lifts it, the case is not closed and "
        "nothing of it is erased, also if its reporter withdraws it."
    )


class LiftHoldForm(RequiredReasonForm):
    """Why a legal hold ends."""

    hint = gettext_lazy(
        "Why nothing has to be kept any more, and who said so. If the reporter asked to withdraw the report, a lead "
        "then decides about the erasure."
    )


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


class PoliceForm(ActionForm):
    """What the named lead records about the hand-over of locked files: to whom, receipt, day, and who decided."""

    agency = forms.CharField(
        label=gettext_lazy("Handed to"),
        help_text=gettext_lazy("The police unit and the officer."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    receipt_number = forms.CharField(
        label=gettext_lazy("Number of their receipt"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    handed_on = forms.DateField(
        label=gettext_lazy("Handed over on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    decision = forms.CharField(
        label=gettext_lazy("Decision of counsel (kept as a team note)"),
        help_text=gettext_lazy("Who advised, on which day, and what was decided. Do not describe the file."),
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def clean_handed_on(self) -> date:
        """Return the day. Refuse one that has not come."""
        day = self.cleaned_data["handed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class CorrectionForm(PoliceForm):
    """The record of a hand-over as it should be. The earlier one stays, and both are shown."""

    field_order = ("agency", "receipt_number", "handed_on", "decision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].label = _("Why it is corrected (kept as a team note)")
        self.fields["decision"].help_text = _("What was wrong. The earlier record stays beside this one.")


class AskTakeOutForm(RequiredReasonForm):
    """Who decided that the locked files go to the police, for the second person."""

    hint = gettext_lazy(
        "Who asked for the files (police, counsel), on which day, under which number. Another lead decides; until "
        "then nothing can be taken out. Do not describe the file."
    )


class AgreeTakeOutForm(RequiredReasonForm):
    """Why the second person agrees."""

    hint = format_lazy(
        gettext_lazy(
            "Check the request in the team notes first: police or counsel, day and number. The lead can then take "
            "files and keys out for this one hand-over, for {days} days. If something is wrong, refuse it instead."
        ),
        days=AGREEMENT_LASTS.days,
    )


class RefuseTakeOutForm(RequiredReasonForm):
    """Why the second person does not agree."""

    hint = gettext_lazy(
        "What is wrong or missing in the request. The lead who asked reads your name and this reason, and may ask "
        "again. The files stay locked. Do not describe the file."
    )


class RevokeTakeOutForm(RequiredReasonForm):
    """Why an agreement is taken back."""

    hint = gettext_lazy(
        "What is wrong, or why nothing is handed over. Files and keys are not given from then on. If one was taken out "
        "already, say what happens with it. The lead may ask again. Do not describe the file."
    )


class TakeOutForm(RequiredReasonForm):
    """Who decided that a locked file may leave."""

    hint = gettext_lazy("Who decided (police, counsel), on which day, under which number. Do not describe the file.")


class DestroyForm(RequiredReasonForm):
    """The person or body who decided that files are destroyed."""

    hint = gettext_lazy("Who decided (police, counsel), on which day, under which number.")


HOLD_FORMS: dict[str, type[ActionForm]] = {"restrict": RestrictForm, "hold": HoldForm, "lift_hold": LiftHoldForm}
LOCKED_FORMS: dict[str, type[ActionForm]] = {
    "ask_take_out": AskTakeOutForm,
    "agree_take_out": AgreeTakeOutForm,
    "refuse_take_out": RefuseTakeOutForm,
    "revoke_take_out": RevokeTakeOutForm,
    "hand_to_police": PoliceForm,
    "correct_hand_over": CorrectionForm,
    "destroy_files": DestroyForm,
}
