"""The admin pages of topics, audiences and helplines, and the revisions of all items."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from education.models import Audience, Channel, Helpline, Revision, Topic

from .written import RowInline, WrittenAdmin, pair


@admin.register(Topic)
class TopicAdmin(WrittenAdmin):
    """Topics of guides."""

    list_display = ("__str__", "key", "sensitive", "order")
    search_fields = (*pair("title"), "key")
    fieldsets = (
        (None, {"fields": [("key", "order"), "sensitive"]}),
        (_("Text"), {"fields": [pair("title"), pair("slug"), pair("summary")]}),
    )


@admin.register(Audience)
class AudienceAdmin(WrittenAdmin):
    """Audiences of guides."""

    list_display = ("__str__", "key", "order")
    search_fields = pair("name")
    fieldsets = (
        (None, {"fields": [("key", "order")]}),
        (_("Text"), {"fields": [pair("name"), pair("slug"), pair("summary")]}),
    )


class ChannelInline(RowInline):
    model = Channel
    fields = ["kind", "value", "text_route", "position"]


@admin.register(Helpline)
class HelplineAdmin(WrittenAdmin):
    """Helplines. Those never checked, or checked longest ago, stand first."""

    list_display = ("__str__", "kind", "status", "emergency", "verified_on", "verified_by", "source_date")
    list_filter = ("status", "kind", "emergency", "topics")
    search_fields = (*pair("name"), "slug", "channels__value")
    inlines = (ChannelInline,)
    ordering = ("verified_on", "order")
    fieldsets = (
        (None, {"fields": [("slug", "order"), ("kind", "status"), "emergency"]}),
        (_("Checked live"), {"fields": [("verified_on", "verified_by"), ("source_date", "source_url")]}),
        (
            _("Text"),
            {
                "fields": [
                    *(pair(field) for field in ("name", "serves", "who_answers", "hours", "wait", "note")),
                    ("identity", "cost_free"),
                    "provinces",
                ]
            },
        ),
        (_("Where it is shown"), {"fields": ["topics", "audiences"]}),
    )


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """What items said before. Read only: a revision is never changed and never deleted."""

    list_display = ("item", "content_type", "number", "author", "note", "minor", "waiting", "written_at")
    list_filter = ("waiting", "content_type")
    ordering = ("-written_at", "-number")
    fields = ("item", "number", "author", "note", "minor", "waiting", "written_at", "said")
    readonly_fields = fields

    def get_queryset(self, request):
        """With what the list shows of each row."""
        return super().get_queryset(request).select_related("content_type", "author").prefetch_related("item")

    @admin.display(description=_("what it said"))
    def said(self, revision: Revision) -> str:
        """The whole item as it was."""
        return format_html("<pre>{}</pre>", json.dumps(revision.data, indent=2, ensure_ascii=False))

    def has_add_permission(self, request):
        """Never: saving an item writes its revision."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False
