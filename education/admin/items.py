"""Admin pages of guides, fixed pages, news, glossary words and organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.models import Guide, GuideHelpline, GuideSource, News, NewsSource, Organisation, Page, PageSource, Term
from education.models.bilingual import columns

from . import cover_choice
from .due_filters import ReviewFilter
from .guide_form import GuideForm
from .inlines import FOLDED, ContentInlineMixin, RowInline, TranslatedRowInline
from .publishable import STATUS, HasProposalFilter, PublishableAdmin, StateFilter
from .tables.views import TableMixin

SOURCE_FIELDS: Any = [("url", "publisher"), columns("title"), ("dated", "checked_on"), "position"]
MARKED: Any = ("url", "publisher", "mark")  # the first line of a source with a mark


class SourceInline(ContentInlineMixin, TranslatedRowInline):
    names_of_row = " ".join(("publisher", *columns("title")))
    fields = SOURCE_FIELDS
    classes = FOLDED


class GuideSourceInline(SourceInline):
    model = GuideSource
    fields = [MARKED, *SOURCE_FIELDS[1:]]


class NewsSourceInline(SourceInline):
    model = NewsSource


class PageSourceInline(SourceInline):
    model = PageSource


class GuideHelplineInline(ContentInlineMixin, RowInline):
    model = GuideHelpline
    fields = ["helpline", "position"]
    classes = FOLDED


@admin.register(Guide)
class GuideAdmin(TableMixin, PublishableAdmin):
    """Admin of guides."""

    form = GuideForm
    list_display = (
        "__str__",
        "topic",
        "sensitive",
        "state_shown",
        "proposed",
        "written_in",
        "review_due",
        "changed_on",
    )
    list_filter = (ReviewFilter, StateFilter, HasProposalFilter, "sensitive", "topic", "audiences")
    list_select_related = ("topic",)
    readonly_fields = ("state_shown", "number")  # set by the model, which avoids the numbers of shipped guides
    search_fields = (*columns("title"), *columns("short_answer"))
    prepopulated_fields = {"slug": ("title",)}
    inlines = (GuideHelplineInline, GuideSourceInline)
    fieldsets = (
        (
            _("Topic and readers"),
            {
                "fields": [
                    "state_shown",
                    ("number", "topic", "subject", "also_for_others"),
                    "audiences",
                    ("sensitive", "often_needed"),
                ],
                "classes": FOLDED,
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
        (_("Cover"), {"fields": ["cover", columns("cover_alt")], "classes": FOLDED}),
        (
            _("Review"),
            {
                "fields": [("reviewed_on", "review_due"), columns("reviewed_by"), ("app", "app_tried_on")],
                "classes": FOLDED,
            },
        ),
    )

    class Media:
        js = ["js/lines.js", "js/cover_choice.js"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's form field; the cover shows the pictures."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "cover":
            cover_choice.use_for(field)
        return field


@admin.register(Page)
class PageAdmin(TableMixin, PublishableAdmin):
    """Admin of fixed pages."""

    search_fields = columns("title")
    inlines = (PageSourceInline,)
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "order"), "sensitive"], "classes": FOLDED}),
        (_("Text"), {"fields": [columns("title"), columns("short_answer"), columns("body")]}),
    )


@admin.register(News)
class NewsAdmin(TableMixin, PublishableAdmin):
    """Admin of news."""

    list_display = ("__str__", "date", "state_shown", "proposed", "written_in", "changed_on")
    search_fields = (*columns("title"), *columns("summary"))
    prepopulated_fields = {"slug": ("title",)}
    inlines = (NewsSourceInline,)
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "date"), "archive"], "classes": FOLDED}),
        (_("Text"), {"fields": [columns("title"), columns("slug"), columns("summary"), columns("body")]}),
    )


@admin.register(Term)
class TermAdmin(TableMixin, PublishableAdmin):
    """Admin of the glossary."""

    search_fields = (*columns("term"), *columns("slang"))
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "explained")], "classes": FOLDED}),
        (_("Text"), {"fields": [columns("term"), columns("slang"), columns("definition")]}),
    )


@admin.register(Organisation)
class OrganisationAdmin(TableMixin, PublishableAdmin):
    """Admin of the reference organisations."""

    search_fields = columns("name")
    fieldsets = (
        (STATUS, {"fields": ["state_shown", ("key", "order"), "url", "source_url"], "classes": FOLDED}),
        (_("Text"), {"fields": [columns("name"), columns("role")]}),
    )
