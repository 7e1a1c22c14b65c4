"""Admin page of the help texts. Matters and persons are fixed by code; editors write the texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from education.help import shipped
from education.models import HelpBlock, HelpSource
from education.models.bilingual import LANGUAGES, columns
from education.publishing.checks.help_texts import first_aid_words

from .items import SourceInline
from .publishable import HasProposalFilter, PublishableAdmin, StateFilter


class HelpSourceInline(SourceInline):
    model = HelpSource


@admin.register(HelpBlock)
class HelpBlockAdmin(PublishableAdmin):
    """Admin of help texts. All of them are sensitive: another person publishes them."""

    list_display = ("__str__", "state_shown", "proposed", "written_in", "changed_on")
    list_filter = (StateFilter, HasProposalFilter, "person", "block")
    readonly_fields = ("state_shown", "block", "person", "prescribed")
    search_fields = ("name", *columns("title"), *columns("lines"), *columns("steps"))
    inlines = (HelpSourceInline,)
    fieldsets = (
        (None, {"fields": ["state_shown", ("block", "person"), ("number", "tool", "guide"), "prescribed"]}),
        (_("Text"), {"fields": [columns(part) for part in ("title", "lines", "steps", "say", "closing")]}),
    )

    @admin.display(description=_("sentences that nobody may change"))
    def prescribed(self, item: HelpBlock) -> SafeString | str:
        """Return the prescribed sentences of this text, each with the name that stands for it and its rule."""
        names = shipped.required_sentences(item.block, item.person)
        rows = [
            (name, shipped.locked()[name]["rule"], language, shipped.locked_sentence(name, item.person, language))
            for name in names
            for language in LANGUAGES
        ]
        listed = format_html_join("", '<li><code>{{{}}}</code> ({}) <span lang="{}">{}</span></li>', rows)
        return format_html("<ul>{}</ul>", listed) if rows else "–"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render the page; beside the first aid of each language it says how many words readers get."""
        response = super().render_change_form(request, context, *args, **kwargs)
        form = context["adminform"].form
        for name, language in zip(columns("lines"), LANGUAGES, strict=True):
            if name in form.fields:
                form[name].help_text = format_html("{} {}", form[name].help_text, _word_count(form, name, language))
        return response

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: a text that no code names would never be shown."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: unpublishing brings the shipped text back."""
        return False


def _word_count(form: forms.ModelForm, name: str, language: str) -> str:
    words = first_aid_words(form[name].value() or "", form.instance.person, language)
    most = shipped.most_words(form.instance.block, form.instance.person)
    return gettext("Readers get %(words)d words, at most %(most)d.") % {"words": words, "most": most}
