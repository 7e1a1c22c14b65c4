"""What of reports is in the admin: the moderators' room, and the settings of those who staff it."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from modeltranslation.admin import TranslationAdmin
from modeltranslation.fields import TranslationField

from .models import Category, ReplyTemplate, StaffedHours
from .triage import audit_admin, on_call, panels  # noqa: F401  (they register themselves)
from .triage.case_admin import CaseAdmin  # noqa: F401


class BilingualAdmin(TranslationAdmin):
    """Both languages below each other, each named in words. No tabs: their scripts come from outside."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Django's form field, for translated columns labelled ``Name (English)``."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, TranslationField):
            name = get_language_info(db_field.language)["name_translated"]
            field.label = capfirst(f"{db_field.translated_field.verbose_name} ({name})")
            field.widget.attrs["lang"] = db_field.language
        return field


@admin.register(Category)
class CategoryAdmin(BilingualAdmin):
    """Names and descriptions may be reworded; the keys are fixed."""

    list_display = ["slug", "name", "group", "order"]
    ordering = ["order"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The questions know exactly these categories."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Cases point to them."""
        return False


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(BilingualAdmin):
    """Leads word the replies that staff begin from. One that is no longer wanted is taken out of use."""

    list_display = ["title", "category", "order", "active"]
    list_filter = ["active"]
    fields = ["key", "title", "text", "category", "order", "active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The starter content knows its replies by their key."""
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The starter content would bring a deleted one back."""
        return False


@admin.register(StaffedHours)
class StaffedHoursAdmin(admin.ModelAdmin):
    """When people read reports. Promises follow these hours."""

    list_display = ["weekday", "opens", "closes", "urgent_only"]
    list_filter = ["weekday"]
