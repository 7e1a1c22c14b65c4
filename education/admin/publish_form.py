"""The form of a publisher's decision: which languages, when, and the answers to the checks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.models import Publishable
from education.models.bilingual import LANGUAGES
from education.publishing import checks, told_changes, workflow
from education.publishing.decision import Decision
from education.translation import language_name

from .publish_choices import Choice, ShownFinding

NOW, LATER = "now", "later"


class PublishForm(forms.Form):
    """What a publisher sends. ``explain`` says afterwards, beside the fields, what a refusal was about."""

    only = forms.CharField(required=False)
    when = forms.ChoiceField(choices=[(NOW, ""), (LATER, "")], required=False)
    day = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Time (WIB)"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    note = forms.CharField(required=False, max_length=workflow.MAX_NOTE_LENGTH)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, item: Publishable, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.item = item
        for name in ("day", "time"):
            self.fields[name].says_when_needed = True  # type: ignore[attr-defined]
        if (not self.is_bound or any(name.startswith("told_") for name in self.data)) and told_changes.may_be_told(
            item
        ):
            for code in LANGUAGES:
                label = _("What changed, in one sentence (%(language)s)") % {"language": language_name(code)}
                self.fields[f"told_{code}"] = forms.CharField(
                    label=label, required=False, max_length=told_changes.MAX_LENGTH, widget=_line(code)
                )

    def see_version(self, number: int) -> None:
        """Let the form be sent for the version ``number``."""
        data = cast("QueryDict", self.data).copy()
        data["version"] = str(number)
        self.data = data

    @property
    def is_sensitive(self) -> bool:
        """Return whether the page of the item is sensitive, so that the sentence for readers has more rules."""
        return bool(self.told_fields) and told_changes.has_strict_rules(self.item)

    @property
    def ticked(self) -> list[str]:
        """Return the names of the losses that were confirmed."""
        return cast("QueryDict", self.data).getlist("agreed") if self.is_bound else []

    @property
    def told_fields(self) -> list[forms.BoundField]:
        """Return the fields for what readers learn."""
        return [self[name] for name in self.fields if name.startswith("told_")]

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data, with the chosen moment in ``at``. A time in the past is an error."""
        answers = cast("dict[str, Any]", super().clean())
        if self.told_fields:
            told = {code: answers.get(f"told_{code}") or "" for code in LANGUAGES}
            for code, refusal in told_changes.refusals(self.item, told, self.languages).items():
                self.add_error(f"told_{code}", refusal)
        answers["at"] = self._moment(answers) if answers.get("when") == LATER and not self.errors else None
        return answers

    def _moment(self, answers: dict[str, Any]) -> datetime | None:
        day, time = answers.get("day"), answers.get("time")
        for name, value in (("day", day), ("time", time)):
            if value is None:
                self.add_error(name, _("Enter the date and the time from which readers see it."))
        if day is None or time is None:
            return None
        moment = timezone.make_aware(datetime.combine(day, time))
        if moment <= timezone.now():
            self.add_error("time", _("This time has passed. Choose a later one, or publish it now."))
        return moment

    @property
    def languages(self) -> list[str]:
        """Return the languages to publish."""
        only = self.data.get("only", "")
        return [only] if only in LANGUAGES else LANGUAGES

    def decision(self) -> Decision:
        """Return what was chosen besides the languages."""
        answers = self.cleaned_data
        told = {code: answers.get(f"told_{code}") or "" for code in LANGUAGES}
        return Decision(answers["at"], answers.get("when") == NOW, answers.get("version"), told)

    def explain(self, refusal: str, choice: Choice | None, shown: Collection[ShownFinding]) -> None:
        """Add the errors of a refused decision: beside each missing tick and note, else the ``refusal`` itself."""
        mine = [one for one in shown if choice and choice.place in one.places]
        ticked = set(self.data.getlist("agreed"))  # type: ignore[attr-defined]
        for one in mine:
            one.is_open = one.finding.level == checks.CONFIRM and one.finding.name not in ticked
        has_warning = any(one.finding.level == checks.WARNING for one in mine)
        if has_warning and not self.data.get("note", "").strip():
            self.add_error("note", _("There are warnings. Explain in the note why you publish anyway."))
        if refusal not in {one.finding.reminder for one in mine if one.finding.level != checks.ERROR}:
            self.add_error(None, refusal)


def _line(language: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": language})
