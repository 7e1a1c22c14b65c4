"""What of reports is in the admin: the moderators' room, and the settings of those who staff it."""

from django.contrib import admin
from modeltranslation.admin import TabbedTranslationAdmin

from .models import Category, StaffedHours
from .triage import on_call, panels  # noqa: F401  (both register themselves)
from .triage.case_admin import CaseAdmin  # noqa: F401


@admin.register(Category)
class CategoryAdmin(TabbedTranslationAdmin):
    """Names and descriptions may be reworded; the keys are fixed."""

    list_display = ["slug", "name", "group", "order"]
    ordering = ["order"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request):
        """The questions know exactly these categories."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Cases point to them."""
        return False


@admin.register(StaffedHours)
class StaffedHoursAdmin(admin.ModelAdmin):
    """When people read reports. Promises follow these hours."""

    list_display = ["weekday", "opens", "closes", "urgent_only"]
    list_filter = ["weekday"]
