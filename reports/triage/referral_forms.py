"""Forms of actions that pass a case on to an agency, on the page ``refer``."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.agency import Agency, LegalBasis
from ..models.case import Case
from ..models.referral import Referral
from ..referral.fields import REFERABLE
from .action_form import MAX_LENGTH, ActionForm, RequiredReasonForm, WordsToReporterForm


class ReferralForm(ActionForm):
    """A form that knows its case; the choices in it are those of this case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class PrepareForm(ReferralForm):
    """Agency, legal basis and facts of a package. Facts and bases are those that the chosen agency accepts."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), widget=forms.HiddenInput)
    basis = forms.ChoiceField(
        label=gettext_lazy("Legal basis"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a legal basis.")},
    )
    keys = forms.MultipleChoiceField(
        label=gettext_lazy("What the package contains"),
        help_text=gettext_lazy("Only what the agency needs to act. Never a picture or a file."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one fact.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this legal basis applies (kept as a team note)"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the reason first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.with_agreement(self.case.category_id)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        agency = self._agency(agencies)
        accepted = [field for field in REFERABLE.values() if agency and field.key in agency.accepted_fields]
        self.fields["keys"].choices = [(field.key, field.label) for field in accepted]  # type: ignore[attr-defined]
        self.fields["keys"].initial = [field.key for field in accepted if not field.is_story]
        self.fields["basis"].choices = _bases(agency, self.case)  # type: ignore[attr-defined]
        if self.case.age_band != Case.AgeBand.ADULT:
            self.fields["basis"].help_text = _(
                "Under 18, or if the age is not known, a yes of the reporter is a wish and no legal basis."
            )

    def _agency(self, agencies: Any) -> Agency | None:
        chosen = self.data.get("agency") if self.is_bound else self.initial.get("agency")
        if isinstance(chosen, Agency):
            return chosen
        return agencies.filter(pk=chosen).first() if chosen and str(chosen).isdigit() else None


class PackageForm(ReferralForm):
    """The package on which to act."""

    referral = forms.ModelChoiceField(queryset=Referral.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referral"].queryset = self.case.referrals.select_related("agency", "case")  # type: ignore[attr-defined]


class FailureForm(PackageForm):
    """Why a package did not reach its agency."""

    reason = forms.CharField(
        label=gettext_lazy("What happened (kept as a team note)"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the reason first.")},
    )


class ReceiptForm(WordsToReporterForm, PackageForm):
    """The receipt number of the agency, and the message to the reporter."""

    receipt = forms.CharField(
        label=gettext_lazy("Receipt number of the agency"),
        help_text=gettext_lazy("Without a number the case does not count as passed on."),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the receipt number of the agency.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Message to the reporter"),
        help_text=gettext_lazy("Do not name the agency, the harm or the category: another person may be reading."),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the message first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.unreachable:
            del self.fields["text"]


class SheetForm(WordsToReporterForm, ReferralForm):
    """The self-report sheet, as the reporter will read it."""

    agency = forms.ModelChoiceField(Agency.objects.filter(active=True), required=False, widget=forms.HiddenInput)
    with_facts = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Self-report sheet"),
        help_text=gettext_lazy(
            "The reporter reads it as a message. Another person may be reading: do not add the harm, the category or "
            "names. Gaps are for the reporter to fill in."
        ),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 14, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the message first.")},
    )


class NotToReferForm(RequiredReasonForm):
    """The reason why a case is not passed on."""

    hint = gettext_lazy(
        "For example: no agency can act on it, or it would put the person in danger. The lead reads it."
    )


def _bases(agency: Agency | None, case: Case) -> list:
    """Return the legal bases that the agency accepts and that can apply: consent only for an adult (J4)."""
    can_apply = [basis for basis in LegalBasis if basis != LegalBasis.CONSENT or case.age_band == Case.AgeBand.ADULT]
    return [(basis.value, basis.label) for basis in can_apply if agency and basis.value in agency.legal_bases]


REFERRAL_FORMS: dict[str, type[ActionForm]] = {
    "prepare_referral": PrepareForm,
    "approve_referral": PackageForm,
    "send_referral": PackageForm,
    "referral_failed": FailureForm,
    "refer": ReceiptForm,
    "gave_self_report_sheet": SheetForm,
    "not_to_refer": NotToReferForm,
}
