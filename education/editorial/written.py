"""What all admin pages of texts share: two languages side by side, the editor under a strict policy, revisions."""

from csp.constants import NONCE
from django import forms
from django.contrib.admin import TabularInline
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db.models import ManyToManyField, URLField
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.fields import TranslationField

from education.models import Revision

# The editor adds one <style> to its page (tiptap, in editor.js). It is allowed by its content, so a changed one fails.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
OVERRIDES = {
    ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
}
WHAT_CHANGED = (_("What you changed"), {"fields": [("note", "minor")]})


def pair(field: str) -> tuple[str, str]:
    """The two columns of a translated field, Indonesian left, English right."""
    return f"{field}_ind", f"{field}_en"


class WrittenForm(forms.ModelForm):
    """A form that also asks what was changed; the answer goes into the revision."""

    note = forms.CharField(label=_("In a few words"), max_length=200, required=False)
    minor = forms.BooleanField(
        label=_("Minor edit"), required=False, help_text=_("Spelling and the like: the date of the last change stays.")
    )


class LanguageLabels:
    """Labels that name the language in words and mark the input with it."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Django's form field, for translated columns labelled ``Title (English)``."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, TranslationField):
            name = get_language_info(db_field.language)["name_translated"]
            field.label = capfirst(f"{db_field.translated_field.verbose_name} ({name})")
            field.widget.attrs["lang"] = db_field.language
        return field


class RowInline(TabularInline):
    """Rows of an item, in an order that people can change."""

    extra = 0


class TranslatedRowInline(LanguageLabels, TranslationStackedInline):
    """The same with translated columns, which need more room than a table row."""

    extra = 0
    formfield_overrides = OVERRIDES


class WrittenAdmin(LanguageLabels, TranslationAdmin):
    """An item in two languages. Every save is kept as a revision."""

    form = WrittenForm
    change_form_template = "education/admin/change_form.html"
    formfield_overrides = OVERRIDES

    class Media:
        css = {"all": ["css/editorial.css"]}
        js = ["js/editor_name.js"]

    def get_fieldsets(self, request, obj=None):
        """The fieldsets, and for those who may write the question what they changed."""
        fieldsets = list(super().get_fieldsets(request, obj))
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fieldsets, WHAT_CHANGED] if may_write else fieldsets

    def render_change_form(self, request, context, *args, **kwargs):
        """The page, with a nonce for the editor's import map and its one style allowed, here and nowhere else."""
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        response = super().render_change_form(request, context, *args, **kwargs)
        response._csp_update = {"script-src": [NONCE], "style-src": [EDITOR_STYLE]}
        return response

    def save_related(self, request, form, formsets, change):
        """Save the rows of the item, then the revision, which holds them too."""
        super().save_related(request, form, formsets, change)
        self.write_revision(request, form)

    def write_revision(self, request, form, *, waiting: bool = False) -> Revision:
        """Keep what was saved, with the words of its author."""
        answers = form.cleaned_data
        return Revision.objects.write(
            form.instance, request.user, note=answers["note"], minor=answers["minor"], waiting=waiting
        )
