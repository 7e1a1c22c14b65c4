"""The form of a team in the admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from safetycenter.roles import users_with_permission

from ..models.team import Team
from .rules import current


class TeamForm(forms.ModelForm):
    """Offers the staff of the desk only."""

    class Meta:
        model = Team
        fields: Any = "__all__"
        widgets = {"members": forms.CheckboxSelectMultiple, "leads": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", "leads"):
            people = users_with_permission("reports.view_case").order_by("username")
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict:
        """Refuse a lead who is no member, and to stop using a team that the routing rules name."""
        given = super().clean() or {}
        members, leads = given.get("members"), given.get("leads")
        if members is not None and leads is not None and not set(leads) <= set(members):
            self.add_error("leads", _("A team lead must be a member of the team."))
        if not given.get("active") and self.instance.pk in current().teams():
            self.add_error("active", _("The routing rules name this team. Change the rules first."))
        return given
