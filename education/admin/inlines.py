"""Inlines for the related rows of an item, and the labels of translated fields."""

import json
from typing import Any

from django import forms
from django.contrib.admin import TabularInline
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db.models import Field, ManyToManyField, URLField
from django.http import HttpRequest
from django.utils.text import capfirst
from modeltranslation.admin import TranslationStackedInline
from modeltranslation.fields import TranslationField

from education.rendering import boxes
from education.rendering.rich_text import RichTextField
from safetycenter.hints import AdminMixin, InlineMixin

from . import editor_tools, translating
from .editor_labels import LABELS
from .formsets import ReplaceAllFormSet, RowForm

FOLDED = ["collapse", "folds-on-phone"]  # folds.js opens these groups on a wide screen
OVERRIDES: dict = {
    ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
}


class LanguageLabels(AdminMixin):
    """Mixin that adds the language to labels and sets the language of the input."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's form field, with translated columns labelled ``Title (English)``."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, TranslationField):
            field.label = capfirst(db_field.verbose_name)
            field.widget.attrs["lang"] = db_field.language
            field.widget.attrs |= editor_tools.attributes(db_field.language, db_field.translated_field.name)
            if isinstance(db_field.translated_field, RichTextField):
                field.widget.config = editor_tools.config(db_field.language, db_field.translated_field.name)
                field.widget.attrs["data-words"] = json.dumps({key: str(word) for key, word in LABELS.items()})
                field.widget.attrs["data-boxes"] = json.dumps(boxes.names(db_field.language))
        return field


def _set_accessible_name(field: forms.Field | None) -> forms.Field | None:
    """Set the label of ``field`` as the accessible name of its inputs."""
    if field:
        widget = getattr(field.widget, "widget", field.widget)  # a foreign key's widget is wrapped
        widget.attrs["aria-label"] = field.label
    return field


class RowInline(TabularInline):
    """Base of inlines with rows that people can reorder."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's form field with an accessible name, because the column header does not label it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return _set_accessible_name(field)


class ContentInlineMixin(InlineMixin):
    """Mixin for rows that belong to the text: people who may edit the item may edit them, also as a proposal."""

    form = RowForm
    formset = ReplaceAllFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return Django's formset. For translators, rows are fixed and only the translation can be edited."""
        if not translating.is_translator_only(request.user):
            return super().get_formset(request, obj, **kwargs)
        formset = super().get_formset(request, obj, **kwargs | {"max_num": 0, "can_delete": False})
        formset.keep_rows = formset.form.is_kept = True
        translating.disable_other_fields(formset.form.base_fields)
        return formset

    def _may_edit(self, request: HttpRequest) -> bool:
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may edit the item."""
        return self._may_edit(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may edit the item."""
        return self._may_edit(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may edit the item."""
        return self._may_edit(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may view the item."""
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}")


class TranslatedRowInline(LanguageLabels, TranslationStackedInline):
    """Base of stacked inlines for rows with translated columns, which are too wide for a table row.

    Each row is folded; ``names_of_row`` names the fields that its line shows, separated by spaces.
    """

    template = "education/admin/_rows.html"
    names_of_row = ""
    extra = 0
    formfield_overrides = OVERRIDES
