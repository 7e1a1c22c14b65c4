"""Register the models of reports in the admin: the moderation desk, and the settings of those who staff it."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin
from modeltranslation.fields import TranslationField

from safetycenter.accounts.kept_post import preserve_sealed
from safetycenter.accounts.proof import ChangesNeedProof
from safetycenter.page_cache import cache_version

from .models import (
    Agency,
    Breach,
    Category,
    ChecklistItem,
    DeskSettings,
    FigureCorrection,
    QuarterFigures,
    ReplyTemplate,
    StaffedHours,
    Team,
)
from .on_behalf.views import new_report
from .routing.team_form import TeamForm
from .staffing import breaches, register_clocks
from .triage import audit_admin, custody_admin, demand_admin, on_call, panels  # noqa: F401  (register themselves)
from .triage.agency_form import AgencyForm
from .triage.case_admin import CaseAdmin
from .triage.checklist_form import ChecklistForm
from .triage.reply_form import ReplyForm
from .triage.reply_templates import proposed_formal

CaseAdmin.more_pages.append(("enter/", preserve_sealed(admin.site.admin_view(new_report)), "reports_new_report"))


class BilingualAdmin(TranslationAdmin):
    """Display both languages below each other, labelled. No tabs, because their scripts are loaded from other sites."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's form field; translated columns are labelled ``Name (English)``."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, TranslationField):
            name = get_language_info(db_field.language)["name_translated"]
            field.label = capfirst(f"{db_field.translated_field.verbose_name} ({name})")
            field.widget.attrs["lang"] = db_field.language
        return field


@admin.register(Category)
class CategoryAdmin(BilingualAdmin):
    """Edit names and descriptions of categories; the keys are fixed."""

    list_display = ["slug", "name", "group", "order"]
    ordering = ["order"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the questions are written for exactly these categories."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: cases refer to categories."""
        return False


@admin.register(Agency)
class AgencyAdmin(ChangesNeedProof, BilingualAdmin):
    """Edit the agencies: whether each has agreed in writing, and what it accepts. Unused ones are deactivated."""

    list_display = ["name", "agreement", "agreed_on", "active"]
    list_filter = ["agreement", "active"]
    form = AgencyForm
    fields = [
        "key",
        "name",
        "agreement",
        "agreed_on",
        "accepted_fields",
        "legal_bases",
        "categories",
        "hours_to_acknowledge",
        "connector",
        "how_to_report",
        "active",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the key of an existing agency read-only, because the audit log contains it."""
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: referrals refer to agencies."""
        return False


@admin.register(Team)
class TeamAdmin(BilingualAdmin):
    """Edit the teams and who belongs to them. A team that is no longer needed is deactivated."""

    list_display = ["name", "key", "active"]
    list_filter = ["active"]
    form = TeamForm
    fields = ["key", "name", "members", "leads", "active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the key of an existing team read-only: cases and the audit log contain it."""
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: cases refer to teams."""
        return False


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(BilingualAdmin):
    """Edit the reply templates of staff. A template that is no longer needed is deactivated."""

    list_display = ["title", "category", "order", "active"]
    list_filter = ["active"]
    list_select_related = ["category"]
    form = ReplyForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields; an existing template also shows the shipped text that it does not have."""
        proposed = [proposed_formal] if obj else []
        return ["key", "title", "text", "formal", *proposed, "category", "life", "order", "active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the key of an existing template read-only, because the starter content finds its templates by key."""
        return ["key", proposed_formal] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the starter content would create a deleted template again."""
        return False


@admin.register(ChecklistItem)
class ChecklistItemAdmin(BilingualAdmin):
    """Edit the checklists of the desk. An item that is no longer needed is deactivated."""

    list_display = ["title", "kind", "category", "order", "certainty", "checked_on", "active"]
    list_filter = ["category", "kind", "certainty", "active"]
    list_select_related = ["category"]
    form = ChecklistForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields; an existing item also shows the shipped text that it does not have."""
        texts = ["title", "text", "formal", *([proposed_formal] if obj else [])]
        facts = ["helpline", "guide", "agency", "certainty", "source", "dated", "checked_on"]
        return ["key", "kind", "category", "life", "order", *texts, *facts, "active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the key of an existing item read-only, because the ticks of cases name it."""
        return ["key", proposed_formal] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the starter content would create a deleted item again."""
        return False


@admin.register(Breach)
class BreachAdmin(BilingualAdmin):
    """Keep the register of data breaches. An entry is corrected, never deleted."""

    list_display = ["known_at", "told_authority_at", "notice_from", "notice_until"]
    fields = ["known_at", "what", "told_authority_at", "notice", "notice_from", "notice_until", "repair"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the form. Django gives the two inputs of a time no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for widget, part in zip(getattr(field.widget, "widgets", ()), (_("date"), _("time")), strict=False):
            widget.attrs["aria-label"] = f"{field.label}: {part}"
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Return the template of the notice in each language, with gaps."""
        return breaches.first_notices() | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Breach, form: Any, change: bool) -> None:
        """Record who entered it; a corrected time begins the clock again."""
        if not change:
            obj.entered_by_id = cast("int", request.user.pk)
        if "known_at" in form.changed_data:
            register_clocks.restart(obj)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it is a register."""
        return False


@admin.register(StaffedHours)
class StaffedHoursAdmin(admin.ModelAdmin):
    """Edit the hours in which people read reports. The promised times follow from them."""

    list_display = ["weekday", "opens", "closes", "urgent_only"]
    list_filter = ["weekday"]


@admin.register(DeskSettings)
class DeskSettingsAdmin(BilingualAdmin):
    """Edit the limits of what a person reads in a day, and the wellbeing line. There is one row."""

    list_display = ["__str__", "stories", "threads", "pictures"]
    fields = ["stories", "threads", "pictures", "wellbeing"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a migration made the one row."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: without a row the shipped limits would come back."""
        return False


@admin.register(QuarterFigures)
class QuarterFiguresAdmin(admin.ModelAdmin):
    """Show what was published. Nobody adds, changes or deletes it."""

    list_display = ["__str__", "published_at"]
    fields = ["year", "quarter", "published_at", "figures"]


@admin.register(FigureCorrection)
class FigureCorrectionAdmin(BilingualAdmin):
    """Add a dated correction to published figures. It is public at once, and stays as it is."""

    list_display = ["quarter", "made_on", "by"]
    list_select_related = ["quarter", "by"]
    fields = ["quarter", "text"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: readers may have read it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: readers may have read it."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the correction with its author, and have the public page made again."""
        obj.by = request.user
        super().save_model(request, obj, form, change)
        cache_version.bump()
