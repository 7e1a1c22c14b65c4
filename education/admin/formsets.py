"""Formsets for the related rows of an item (sources, helplines): shown from the open text, saved as a whole."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet

from education.models import Publishable
from education.models.serialization import relation_fields, snapshot
from education.publishing import publication


class RowForm(forms.ModelForm):
    """Form of one row.

    Saving replaces all rows, so a row can only conflict with the other rows of the same form.
    """

    is_kept = False  # True for a row that cannot be removed, and in which only the translation can be edited

    def has_changed(self) -> bool:
        """Return whether the row has content. A position alone does not count."""
        return self.is_kept or bool(set(self.changed_data) - {"position"})

    def validate_unique(self) -> None:
        """Skip Django's check, because the formset compares the submitted rows."""

    def validate_constraints(self) -> None:
        """Skip Django's check, because the formset compares the submitted rows."""


class ReplaceAllFormSet(BaseInlineFormSet):
    """Formset that saves all rows as new ones. Rows that were emptied or marked for deletion are left out."""

    keep_rows = False  # True: keep the number of rows, whatever was submitted

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **options: Any) -> None:
        options["queryset"] = self.model._default_manager.none()
        if (data is None or self.keep_rows) and instance is not None and instance.pk:
            options.setdefault("initial", self._shown(instance))
        super().__init__(data, files, instance, **options)
        if options.get("initial"):
            self.extra += len(options["initial"])

    def total_form_count(self) -> int:
        """Return Django's count, or the number of existing rows if ``keep_rows``."""
        return len(self.initial_extra or []) if self.keep_rows else super().total_form_count()

    def _shown(self, instance: Publishable) -> list[dict]:
        return publication.rows_to_edit(instance, self.fk.remote_field.get_accessor_name())

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add Django's fields. A new row comes after those that are shown."""
        super().add_fields(form, index)
        shown = len(self.initial_extra or [])
        if "position" in form.fields and (index is None or index >= shown):
            form.initial["position"] = shown

    def save(self, commit: bool = True) -> list:
        """Return the submitted rows. With ``commit``, they replace the saved rows."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []  # Django's log reads these
        sent = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]  # type: ignore[attr-defined]
        rows = [form.save(commit=False) for form in sent]
        for row in rows:
            setattr(row, self.fk.name, self.instance)
        if commit:
            self.model._default_manager.filter(**{self.fk.name: self.instance}).delete()
            for row in rows:
                row.save()
        return rows


def submitted_snapshot(form: forms.ModelForm, formsets: Iterable[ReplaceAllFormSet]) -> dict:
    """Return the snapshot that saving the valid ``form`` and ``formsets`` would give, without saving anything.

    Lists that the form does not contain are taken from the row. Rows with equal positions keep the order of the form,
    in which they would be saved.
    """
    item, answers = form.instance, form.cleaned_data
    lists = {
        field.name: [one.pk for one in answers[field.name]] for field in relation_fields(item) if field.name in answers
    }
    rows = {
        formset.fk.remote_field.get_accessor_name(): sorted(formset.save(commit=False), key=attrgetter("position"))
        for formset in formsets
    }
    return snapshot(item, lists, rows)
