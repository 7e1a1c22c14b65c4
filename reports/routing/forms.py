"""The forms of the routing page: one row a rule, and the team of all other reports."""

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.category import Category
from .rules import AGES, MAX_RULES, REGIONS, Rule, Rules, active_teams, team_names

BLANK_ROWS = 3
LAST = 1000  # the place of a row without a number


class RuleForm(forms.Form):
    """One rule. A row without a team is left out."""

    place = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=999, required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("Age"), choices=AGES, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), choices=REGIONS, required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)

    def __init__(self, *args: Any, categories: list, teams: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]

    @property
    def rule(self) -> Rule | None:
        """The rule of this row; None for a row that is left out."""
        given = self.cleaned_data
        team = given.get("team")
        return Rule(team, given["category"], given["age"], given["region"]) if team else None

    def clean(self) -> dict:
        """Refuse a rule about reports that go to child safety anyway, and one whose team is not in use."""
        given = super().clean() or {}
        team = given.get("team")
        if team and Rule(team, given.get("category", ""), given.get("age", "")).is_for_child_safety:
            raise forms.ValidationError(
                _("These reports go to child safety. No rule can send them to a team. Remove this rule.")
            )
        if team and team not in active_teams():
            raise forms.ValidationError(_("This team is not in use. Choose another one, or leave the team empty."))
        return given


class FallbackForm(forms.Form):
    """The team of the reports that no rule matches, and which table the page showed."""

    fallback = forms.ChoiceField(label=gettext_lazy("All other reports"), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, teams: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fallback"].choices = teams  # type: ignore[attr-defined]

    def clean_fallback(self) -> str:
        """Refuse a team that is not in use."""
        if (team := self.cleaned_data["fallback"]) and team not in active_teams():
            raise forms.ValidationError(_("This team is not in use. Choose another one."))
        return team


class RoutingForm:
    """All rows of the page together."""

    def __init__(self, rules: Rules, base: int | None, data: Any = None) -> None:
        teams = [("", _("no team")), *team_names().items()]
        categories = [("", _("any category")), *((row.pk, row.name) for row in Category.objects.all())]
        formset = forms.formset_factory(
            RuleForm, extra=BLANK_ROWS, max_num=MAX_RULES, absolute_max=MAX_RULES, validate_max=True
        )
        initial = [
            {"place": place * 10, "category": rule.category, "age": rule.age, "region": rule.region, "team": rule.team}
            for place, rule in enumerate(rules.rules, start=1)
        ]
        self.rows = formset(data, initial=initial, form_kwargs={"categories": categories, "teams": teams})
        self.rest = FallbackForm(data, initial={"fallback": rules.fallback, "base": base}, teams=teams)

    def is_valid(self) -> bool:
        """Return whether every row is complete."""
        return self.rows.is_valid() and self.rest.is_valid()

    @property
    def rules(self) -> Rules:
        """The rules as typed, in the order of their numbers; rows without a number come last."""
        rows = sorted(self.rows.forms, key=lambda row: row.cleaned_data.get("place") or LAST)
        return Rules(tuple(rule for row in rows if (rule := row.rule)), self.rest.cleaned_data["fallback"])


def digest(rules: Rules) -> str:
    """Return a name for exactly these rules: what is saved is what was checked."""
    return hashlib.sha256(json.dumps([rules.as_json(), rules.fallback]).encode()).hexdigest()
