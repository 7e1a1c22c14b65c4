"""Admin pages of topics, audiences and helplines."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from education import feedback, page_groups
from education.models import Audience, Channel, Helpline, Revision, Topic
from education.models.bilingual import columns
from education.models.helpline_fields import Section, rows
from education.models.serialization import snapshot
from education.publishing import workflow
from education.publishing.workflow import PUBLISH_PERMISSION
from safetycenter.page_cache import cache_version

from .due_filters import ToCheckFilter
from .helpline_form import MISSING_ZONES, HelplineForm, hours_without_zones
from .inlines import FOLDED, ContentInlineMixin, TranslatedRowInline
from .publishable import STATUS, HasProposalFilter, PublishableAdmin, StateFilter, submit
from .tables.views import TableMixin


class GroupAdmin(TableMixin, PublishableAdmin):
    """Base admin of what groups guides. It has no end time, because pages that readers see show its name.

    Its address and time rarely change: they are in the first group, which a phone folds. The other one is its text.
    """

    times = ("publish_at",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fieldsets with the time among the settings, not in a separate group."""
        fieldsets = super().get_fieldsets(request, obj)
        (name, settings), rest = fieldsets[0], [one for one in fieldsets[1:] if self.times not in one[1]["fields"]]
        return [(name, settings | {"fields": [*settings["fields"], self.times]}), *rest]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the read-only fields. The key stays once readers saw the item: categories and pictures refer to it."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "key"] if obj and obj.state in workflow.ONCE_PUBLIC else fields


@admin.register(Topic)
class TopicAdmin(GroupAdmin):
    """Admin of topics."""

    list_display = ("__str__", "key", "sensitive", "order", "state_shown", "proposed", "written_in", "changed_on")
    search_fields = (*columns("title"), "key")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "order"), "sensitive", columns("slug")], "classes": FOLDED}),
        (None, {"fields": [columns("title"), columns("summary")]}),
    )


@admin.register(Audience)
class AudienceAdmin(GroupAdmin):
    """Admin of audiences."""

    list_display = ("__str__", "key", "order", "state_shown", "proposed", "written_in", "changed_on")
    search_fields = columns("name")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "order"), columns("slug")], "classes": FOLDED}),
        (None, {"fields": [columns("name"), columns("summary")]}),
    )


class ChannelInline(ContentInlineMixin, TranslatedRowInline):
    model = Channel
    names_of_row = "kind value"
    fields = [("kind", "value"), columns("label"), ("text_route", "position")]


@admin.register(Helpline)
class HelplineAdmin(TableMixin, PublishableAdmin):
    """Admin of helplines, those never checked or checked longest ago first.

    Saving creates a proposal, as for guides.
    """

    list_display = ("__str__", "kind", "status", "emergency", "state_shown", "proposed", "verified_on", "source_date")
    list_filter = (ToCheckFilter, "status", StateFilter, HasProposalFilter, "kind", "emergency", "topics")
    search_fields = (*columns("name"), "slug", "channels__value")
    form = HelplineForm
    inlines = (ChannelInline,)
    ordering = ("verified_on", "order")
    actions = ("mark_reached_today", submit)
    fieldsets = (
        (_("Kind and status"), {"fields": ["state_shown", *rows(Section.HEAD)], "classes": FOLDED}),
        (_("Checked live"), {"fields": [*rows(Section.CHECKED)], "classes": FOLDED}),
        (_("Text"), {"fields": [*rows(Section.TEXT)]}),
        (_("Where it is shown"), {"fields": ["topics", "audiences"], "classes": FOLDED}),
        (_("Provinces"), {"fields": [*rows(Section.PROVINCES)], "classes": ["collapse"]}),
    )

    @admin.action(description=_("Mark as checked today"), permissions=["change"])
    @cache_version.batch()
    def mark_reached_today(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Record for each selected helpline that a staff member reached it today."""
        for line in queryset.select_for_update():  # whether it was checked before decides which pages are touched
            if not self.has_change_permission(request, line):
                text = gettext("%(name)s is an emergency number. Only a publisher can mark it as checked.")
                messages.error(request, text % {"name": line})
                continue
            before, line.verified_on = line.verified_on, timezone.localdate()
            line.save(update_fields=["verified_on"])
            if touched := page_groups.touched(line, {"verified_on": before}, {"verified_on": line.verified_on}):
                cache_version.touches_only(*touched)
            feedback.clear_dead_number_reports(line)
            _copy_check_to_proposal(line)
            done = {"note": gettext("Mark as checked today"), "minor": True, "action": "tried"}
            Revision.objects.record(line, request.user, **done)
            self.log_change(request, line, done["note"])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow only publishers to change emergency numbers, because every page shows them."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.emergency or request.user.has_perm(PUBLISH_PERMISSION))

    def side_errors(self, data: dict) -> dict[str, str]:
        """Require all three zones in hours written by hand, as the form does."""
        return dict.fromkeys(hours_without_zones(data), str(MISSING_ZONES))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow only publishers to delete emergency numbers."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.emergency or request.user.has_perm(PUBLISH_PERMISSION))

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet], change: bool) -> None:
        """Save the channels too.

        If a number changed, mark the helpline as unchecked, because nobody has tried the number and its source does not
        cover it.
        """
        line = form.instance
        if change and _has_new_number(line, formsets) and "verified_on" not in form.changed_data:
            line.verified_on, line.source_date = None, None
            for name in columns("verified_by"):
                setattr(line, name, "")
            line.status = Helpline.Status.UNVERIFIED
            if not workflow.is_saved_as_proposal(line):
                line.save()
            messages.warning(
                request, _("The number was changed, so it counts as not checked. Call it, then enter the date.")
            )
        super().save_related(request, form, formsets, change)


def _copy_check_to_proposal(line: Helpline) -> None:
    """Copy today's check to the open proposal, unless it proposes another number, which nobody has tried."""
    proposal = Revision.objects.open_proposal(line)
    if proposal and proposal.data["channels"] == snapshot(line)["channels"]:
        proposal.data["verified_on"] = line.verified_on.isoformat()
        proposal.save(update_fields=["data"])


def _has_new_number(line: Helpline, formsets: Iterable[BaseFormSet]) -> bool:
    """Return whether the submitted rows differ from the channels in the open text of ``line``."""
    row = Helpline.objects.get(pk=line.pk)
    before = {(channel["kind"], channel["value"]) for channel in workflow.pending_or_live(row)["channels"]}
    sent = [form.cleaned_data for formset in formsets for form in formset.forms if form.has_changed()]
    return before != {(row["kind"], row["value"]) for row in sent if not row.get("DELETE")}
