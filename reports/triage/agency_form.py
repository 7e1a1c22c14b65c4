"""The form of an agency in the admin: facts and legal bases are chosen from their tables."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ..models.agency import Agency, LegalBasis
from ..referral import fields
from ..referral.connectors import CONNECTORS


class AgencyForm(forms.ModelForm):
    """Offers only facts that may be passed on at all. The reporter's own words are never preselected."""

    accepted_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Accepted facts"),
        help_text=gettext_lazy("Only what the agreement names. Pictures and files are never passed on."),
        choices=fields.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_bases = forms.MultipleChoiceField(
        label=gettext_lazy("Accepted legal bases"),
        choices=LegalBasis.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    connector = forms.ChoiceField(
        label=gettext_lazy("Handed over"), choices=lambda: [(key, row.label) for key, row in CONNECTORS.items()]
    )

    class Meta:
        model = Agency
        fields: Any = "__all__"
        widgets = {"categories": forms.CheckboxSelectMultiple}
