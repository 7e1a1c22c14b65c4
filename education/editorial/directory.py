"""The admin pages of topics, audiences and helplines."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Audience, Channel, Helpline, Topic

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
