"""Admin pages of guides, fixed pages, news, glossary words and organisations."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from education.models import Guide, GuideHelpline, GuideSource, News, NewsSource, Organisation, Page, PageSource, Term
from education.models.bilingual import columns

from .inlines import ContentInlineMixin, RowInline, TranslatedRowInline
from .publishable import HasProposalFilter, PublishableAdmin

SOURCE_FIELDS: Any = [("url", "publisher"), columns("title"), ("dated", "checked_on"), "position"]


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
    list_filter = ("state", HasProposalFilter, "sensitive", "topic", "audiences")
    list_select_related = ("topic",)
    readonly_fields = ("state", "number")  # set by the model, which avoids the numbers of shipped guides
    search_fields = (*columns("title"), *columns("short_answer"))
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
                    columns("title"),
                    columns("slug"),
                    columns("short_answer"),
                    columns("checklist"),
                    columns("body"),
                    columns("easy"),
                ]
            },
        ),
        (
            _("Review"),
            {"fields": [("reviewed_on", "review_due"), columns("reviewed_by"), ("app", "app_tried_on")]},
        ),
    )


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """Admin of fixed pages."""

    search_fields = columns("title")
    inlines = (PageSourceInline,)
    fieldsets = (
        (None, {"fields": ["state", ("key", "order"), "sensitive"]}),
        (_("Text"), {"fields": [columns("title"), columns("short_answer"), columns("body")]}),
    )


@admin.register(News)
class NewsAdmin(PublishableAdmin):
    """Admin of news."""

    list_display = ("__str__", "date", "state", "proposed", "written_in", "changed_on")
    search_fields = (*columns("title"), *columns("summary"))
    inlines = (NewsSourceInline,)
    fieldsets = (
        (None, {"fields": ["state", ("key", "date"), "archive"]}),
        (_("Text"), {"fields": [columns("title"), columns("slug"), columns("summary"), columns("body")]}),
    )


@admin.register(Term)
class TermAdmin(PublishableAdmin):
    """Admin of the glossary."""

    search_fields = (*columns("term"), *columns("slang"))
    fieldsets = (
        (None, {"fields": ["state", ("key", "explained")]}),
        (_("Text"), {"fields": [columns("term"), columns("slang"), columns("definition")]}),
    )


@admin.register(Organisation)
class OrganisationAdmin(PublishableAdmin):
    """Admin of the reference organisations."""

    search_fields = columns("name")
    fieldsets = (
        (None, {"fields": ["state", ("key", "order"), "url", "source_url"]}),
        (_("Text"), {"fields": [columns("name"), columns("role")]}),
    )
