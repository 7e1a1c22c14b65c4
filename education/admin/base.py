"""Base classes of the content admin: two languages side by side, the editor under a strict CSP, revisions."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONCE
from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin

from education.links import headings
from education.models import Revision
from education.models.serialization import relation_fields, snapshot
from education.publishing import unsaved, workflow
from education.rendering import heading_anchors
from education.rendering.rich_text import RichTextField
from safetycenter import kept_form
from safetycenter.page_cache import cache_version

from . import differences, filled_in, rich_pictures, translating
from .anchors import versions_url
from .inlines import FOLDED, OVERRIDES, LanguageLabels
from .unsaved import UnsavedMixin

# The editor (tiptap, in editor.js) adds one <style> element. The CSP allows it by its hash, so a changed one fails.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
EDITOR_SCRIPTS = ["js/editor_words.js", "js/editor_name.js"]  # before the editor itself
CHANGE_FIELDSET = (_("What you changed"), {"fields": [("note", "minor"), "version"], "classes": FOLDED})


class ContentForm(forms.ModelForm):
    """Form that also asks what was changed, and detects that another person saved the item in the meantime."""

    note = forms.CharField(label=_("In a few words"), max_length=200, required=False)
    minor = forms.BooleanField(
        label=_("Minor edit"),
        required=False,
        help_text=_(
            "Spelling or punctuation only: the date of the last change stays, and the other language is not marked as"
            " out of date."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    conflict: dict | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        item = options.get("instance")
        shown = {"version": Revision.objects.latest_number(item) if item and item.pk else 0}
        if proposal := getattr(item, "proposal", None):
            shown |= {field.name: proposal.data[field.name] for field in relation_fields(item)}
        if offers := getattr(item, "unsaved_offers", ()):
            shown |= unsaved.initial_values(item, offers)
            # Saving over a text that is newer shows both first: the version is an older one than the newest.
            shown["version"] -= any(offer.is_newer for offer in offers)
        options["initial"] = shown | (options.get("initial") or {})
        super().__init__(*arguments, **options)
        filled_in.prepare(self)
        rich_pictures.add_addresses(self.initial, self._rich_columns())

    def list_headings(self) -> None:
        """Append the headings of each rich text to its help. Only for a page: counting the links takes queries."""
        for name in self._rich_columns():
            self[name].help_text = _with_list_of_headings(self[name].help_text, self.instance, name, self.initial)

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data.

        Adds an error if saving would overwrite another person's text.
        """
        answers = super().clean()
        filled_in.fill_in_key(self, answers)
        # Browsers send line breaks as \r\n, which would make every multi-line text look changed.
        answers |= {name: text.replace("\r\n", "\n") for name, text in answers.items() if isinstance(text, str)}
        self._refuse_pictures(answers)
        answers |= {name: self._with_anchors(name, answers[name]) for name in self._rich_columns() if name in answers}
        if kept_form.KEPT_FIELD in self.data:
            self.add_error(None, gettext("This is the text you typed. It is not saved yet. Check it, then save it."))
        if self.instance.pk:
            self._detect_conflict(answers.get("version"))
        return answers

    def _rich_columns(self) -> list[str]:
        fields = self.instance._meta.concrete_fields
        return [
            field.name
            for field in fields
            if isinstance(getattr(field, "translated_field", field), RichTextField) and field.name in self.fields
        ]

    def _with_anchors(self, name: str, html: str) -> str:
        """Return ``html`` with the anchors of the text that the form showed, because the editor drops them."""
        return heading_anchors.keep_anchors(html or "", self.initial.get(name) or "")

    def _refuse_pictures(self, answers: dict[str, Any]) -> None:
        for name in self._rich_columns():
            if refusal := rich_pictures.refusal(answers.get(name) or ""):
                self.add_error(name, refusal)

    def _detect_conflict(self, version: int | None) -> None:
        newest = Revision.objects.for_item(self.instance).select_related("author").first()
        if newest is None or version == newest.number:
            return
        row = type(self.instance).objects.get(pk=self.instance.pk)
        self.conflict = {"revision": newest, "theirs": workflow.pending_or_live(row)}
        self.data = self.data.copy()
        self.data["version"] = str(newest.number)  # saving again is allowed, because both texts were shown
        self.add_error(
            None, gettext("Somebody else saved this while you were writing. Your changes are not saved yet.")
        )


def _opened(options: Any) -> dict[str, list]:
    return {"classes": []} if options.get("classes") == FOLDED else {}


def _with_list_of_headings(help_text: str, item: Any, name: str, texts: dict[str, Any]) -> str:
    """Append to ``help_text`` the anchor of each heading in the text ``name``, and how many links lead to it."""
    found = heading_anchors.headings(texts.get(name) or "")
    if not found:
        return help_text
    counts = headings.links_to(item, name, texts)
    counted = ((anchor, words, _links_here(counts.get(anchor, 0))) for anchor, words in found)
    rows = format_html_join("", "<li><code>#{}</code> {} {}</li>", counted)
    text = gettext("The headings in this text, and how many links lead to them")
    return format_html(
        '{}<details class="disclosure"><summary>{}</summary><ul>{}</ul></details>', help_text, text, rows
    )


def _links_here(count: int) -> str:
    if not count:
        return ""
    text = ngettext("(%(count)d link leads here)", "(%(count)d links lead here)", count)
    return text % {"count": count}


class ContentAdmin(UnsavedMixin, LanguageLabels, TranslationAdmin):
    """Base admin of items in two languages. Every save creates a revision."""

    form = ContentForm
    change_form_template = "education/admin/change_form.html"
    formfield_overrides = OVERRIDES

    class Media:
        css = {"all": ["css/editorial.css"]}
        js = EDITOR_SCRIPTS

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs; the form views keep the typed text if the session has expired."""
        urls = super().get_urls()
        for pattern in urls:
            if pattern.name in {f"education_{self.opts.model_name}_{page}" for page in ("add", "change")}:
                pattern.callback = kept_form.preserve_form(pattern.callback)
        return urls

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return Django's form. For translators, all fields except the translation are disabled."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if translating.is_translator_only(request.user):
            translating.disable_other_fields(form.base_fields)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fieldsets, with the question what was changed for people who may edit."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None:  # of a new item everything has to be filled in
            fieldsets = [(name, options | _opened(options)) for name, options in fieldsets]
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fieldsets, CHANGE_FIELDSET] if may_write else fieldsets

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render the page.

        Only here does the CSP allow a nonce for the editor's import map and the hash of its style.
        """
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        context["only_translates"] = translating.is_translator_only(request.user)
        context["adminform"].form.list_headings()
        context["conflict"] = _conflict(context["adminform"].form)
        if item := context.get("original"):
            context["versions_address"] = versions_url(item)
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form. A save invalidates the public pages once for all its changes."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with cache_version.batch():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the versions, because Django's history knows neither proposals nor what they changed."""
        item = self.get_object(request, unquote(object_id))
        if item is None or not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return HttpResponseRedirect(versions_url(item))

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet], change: bool) -> None:
        """Save the related rows of the item, then the revision, which includes them."""
        super().save_related(request, form, formsets, change)
        self.keep_revision(request, form, snapshot(form.instance))

    def keep_revision(self, request: HttpRequest, form: Any, data: dict) -> Revision:
        """Save a revision with the author's note. Return it."""
        answers = form.cleaned_data
        return workflow.save_proposal(form.instance, request.user, data, note=answers["note"], minor=answers["minor"])


def _conflict(form: ContentForm) -> dict | None:
    """Return what another person saved in the meantime (who and when), and how this form's text differs from it."""
    clash = getattr(form, "conflict", None)
    if clash is None:
        return None
    mine = clash["theirs"] | {name: value for name, value in snapshot(form.instance).items() if name in form.fields}
    lists = {field.name for field in relation_fields(form.instance)}
    mine |= {name: [row.pk for row in form.cleaned_data.get(name, [])] for name in lists if name in form.fields}
    return clash | {"differences": differences.differences_between(form.instance, clash["theirs"], mine)}
