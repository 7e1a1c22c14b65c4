"""Rows of an item in the admin, and the labels of translated fields."""

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

from education.rendering.rich_text import RichTextField
from safetycenter.hints import AdminMixin, InlineMixin

from . import translating
from .editor_labels import WORDS
from .formsets import ReplaceAllFormSet, RowForm

OVERRIDES: dict = {
    ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
}


class LanguageLabels(AdminMixin):
    """Labels that name the language in words and mark the input with it."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Django's form field, for translated columns labelled ``Title (English)``."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, TranslationField):
            field.label = capfirst(db_field.verbose_name)
            field.widget.attrs["lang"] = db_field.language
            if isinstance(db_field.translated_field, RichTextField):
                field.widget.attrs["data-words"] = json.dumps({key: str(word) for key, word in WORDS.items()})
        return field


def _named(field: forms.Field | None) -> forms.Field | None:
    """Give the inputs of ``field`` its label as their accessible name."""
    if field:
        widget = getattr(field.widget, "widget", field.widget)  # a key stands in a wrapper with buttons
        widget.attrs["aria-label"] = field.label
    return field


class RowInline(TabularInline):
    """Rows of an item, in an order that people can change."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Django's form field, named for screen readers: the head of its column does not name it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return _named(field)


class ContentInlineMixin(InlineMixin):
    """For inlines whose rows belong to the text: who may write the item writes them with it, as a proposal too."""

    form = RowForm
    formset = ReplaceAllFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Django's; for people who translate with as many rows as there are, and only their translation open."""
        if not translating.only_translates(request.user):
            return super().get_formset(request, obj, **kwargs)
        formset = super().get_formset(request, obj, **kwargs | {"max_num": 0, "can_delete": False})
        formset.rows_stay = formset.form.stays = True
        translating.close_the_rest(formset.form.base_fields)
        return formset

    def _may_write(self, request: HttpRequest) -> bool:
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for writing the item."""
        return self._may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for writing the item."""
        return self._may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for writing the item."""
        return self._may_write(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the item."""
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}")


class TranslatedRowInline(LanguageLabels, TranslationStackedInline):
    """Rows with translated columns, which need more room than a table row."""

    extra = 0
    formfield_overrides = OVERRIDES
