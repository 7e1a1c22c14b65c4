"""Admin pages of guides, fixed pages, news, glossary words and organisations."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Guide, GuideHelpline, GuideSource, News, NewsSource, Organisation, Page, PageSource, Term

from .base import pair
from .inlines import ContentInlineMixin, RowInline, TranslatedRowInline
from .publishable import HasProposal, PublishableAdmin

SOURCE_FIELDS: Any = [("url", "publisher"), pair("title"), ("dated", "checked_on"), "position"]


class GuideSourceInline(ContentInlineMixin, TranslatedRowInline):
    model = GuideSource
    fields = SOURCE_FIELDS


class NewsSourceInline(ContentInlineMixin, TranslatedRowInline):
    model = NewsSource
    fields = SOURCE_FIELDS


class PageSourceInline(ContentInlineMixin, TranslatedRowInline):
    model = PageSource
    fields = SOURCE_FIELDS


class GuideHelplineInline(ContentInlineMixin, RowInline):
    model = GuideHelpline
    fields = ["helpline", "position"]


@admin.register(Guide)
class GuideAdmin(PublishableAdmin):
    """Admin of guides."""

    list_display = ("__str__", "topic", "sensitive", "state", "proposed", "written_in", "review_due", "changed_on")
    list_filter = ("state", HasProposal, "sensitive", "topic", "audiences")
    list_select_related = ("topic",)
    readonly_fields = ("state", "number")  # set by the model, which avoids the numbers of shipped guides
    search_fields = (*pair("title"), *pair("short_answer"))
    inlines = (GuideHelplineInline, GuideSourceInline)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "state",
                    ("number", "topic", "subject", "also_for_others"),
                    "audiences",
                    ("sensitive", "often_needed"),
                ]
            },
        ),
        (
            _("Text"),
            {
                "fields": [
                    pair("title"),
                    pair("slug"),
                    pair("short_answer"),
                    pair("checklist"),
                    pair("body"),
                    pair("easy"),
                ]
            },
        ),
        (
            _("Review"),
            {"fields": [("reviewed_on", "review_due"), pair("reviewed_by"), ("app", "app_tried_on")]},
        ),
    )


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """Admin of fixed pages."""

    search_fields = pair("title")
    inlines = (PageSourceInline,)
    fieldsets = (
        (None, {"fields": ["state", ("key", "order"), "sensitive"]}),
        (_("Text"), {"fields": [pair("title"), pair("short_answer"), pair("body")]}),
    )


@admin.register(News)
class NewsAdmin(PublishableAdmin):
    """Admin of news."""

    list_display = ("__str__", "date", "state", "proposed", "written_in", "changed_on")
    search_fields = (*pair("title"), *pair("summary"))
    inlines = (NewsSourceInline,)
    fieldsets = (
        (None, {"fields": ["state", ("key", "date"), "archive"]}),
        (_("Text"), {"fields": [pair("title"), pair("slug"), pair("summary"), pair("body")]}),
    )


@admin.register(Term)
class TermAdmin(PublishableAdmin):
    """Admin of the glossary."""

    search_fields = (*pair("term"), *pair("slang"))
    fieldsets = (
        (None, {"fields": ["state", ("key", "explained")]}),
        (_("Text"), {"fields": [pair("term"), pair("slang"), pair("definition")]}),
    )


@admin.register(Organisation)
class OrganisationAdmin(PublishableAdmin):
    """Admin of the reference organisations."""

    search_fields = pair("name")
    fieldsets = (
        (None, {"fields": ["state", ("key", "order"), "url", "source_url"]}),
        (_("Text"), {"fields": [pair("name"), pair("role")]}),
    )
