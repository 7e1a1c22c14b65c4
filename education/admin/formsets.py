"""Rows of an item (sources, helplines) as part of its text: shown from the text that is open, saved as a whole."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from education.models import Publishable
from education.models.serialization import keys, snapshot
from education.publishing import workflow


class RowForm(forms.ModelForm):
    """One row. All rows before are replaced, so that it can clash only with the others of its own form."""

    stays = False  # a row that cannot be taken away, and in which only the translation is open

    def has_changed(self) -> bool:
        """Whether it says anything: a place alone is no row."""
        return self.stays or bool(set(self.changed_data) - {"position"})

    def validate_unique(self) -> None:
        """Nothing: the formset compares the rows that were sent."""

    def validate_constraints(self) -> None:
        """Nothing, for the same reason."""


class ReplaceAllFormSet(BaseInlineFormSet):
    """All rows as new ones. A row that was emptied or marked for deletion is left out."""

    rows_stay = False  # as many rows as there are, whatever was sent

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **options: Any) -> None:
        options["queryset"] = self.model._default_manager.none()
        if (data is None or self.rows_stay) and instance is not None and instance.pk:
            options["initial"] = self._shown(instance)
        super().__init__(data, files, instance, **options)
        if options.get("initial"):
            self.extra += len(options["initial"])

    def total_form_count(self) -> int:
        """Django's, or as many as there are rows."""
        return len(self.initial_extra or []) if self.rows_stay else super().total_form_count()

    def _shown(self, instance: Publishable) -> list[dict]:
        return workflow.pending_or_live(instance).get(self.fk.remote_field.get_accessor_name(), [])

    def save(self, commit: bool = True) -> list:
        """The rows that were sent; with ``commit`` they take the place of those before."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []  # Django's log asks for them
        sent = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]  # type: ignore[attr-defined]
        rows = [form.save(commit=False) for form in sent]
        for row in rows:
            setattr(row, self.fk.name, self.instance)
        if commit:
            self.model._default_manager.filter(**{self.fk.name: self.instance}).delete()
            for row in rows:
                row.save()
        return rows


def sent_text(form: forms.ModelForm, formsets: Iterable[ReplaceAllFormSet]) -> dict:
    """The snapshot that saving the valid ``form`` and ``formsets`` would give; nothing is saved.

    Lists that the form does not ask for are those of the row. Rows with equal places keep the order of the form, which
    is the one in which they would be saved.
    """
    item, answers = form.instance, form.cleaned_data
    lists = {field.name: [one.pk for one in answers[field.name]] for field in keys(item) if field.name in answers}
    rows = {
        formset.fk.remote_field.get_accessor_name(): sorted(formset.save(commit=False), key=attrgetter("position"))
        for formset in formsets
    }
    return snapshot(item, lists, rows)
