"""Pages of the tables: export, and import in two steps, reached from the list of the items."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from safetycenter.accounts import proof
from safetycenter.hints import AdminMixin

from . import files, importing, markup
from .kinds import KINDS, Kind

if TYPE_CHECKING:
    from .resource import TableResource

NOTE_LENGTH = 200


class TableForm(forms.Form):
    """Asks for the file, what it changes, and whether unknown keys are new items."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Saved as UTF-8, with the headings of the export, up to 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    note = forms.CharField(label=gettext_lazy("In a few words"), max_length=NOTE_LENGTH, required=False)
    creates = forms.BooleanField(
        label=gettext_lazy("Rows with an unknown key are new items"),
        required=False,
        help_text=gettext_lazy("Otherwise an unknown key counts as a typing error."),
    )


class TableMixin(AdminMixin):
    """Mixin for admin classes whose items can be exported to a table and imported from one."""

    change_list_template = "education/admin/change_list_with_table.html"

    @property
    def table_kind(self) -> Kind:
        """Return the declaration of the table."""
        return KINDS[self.model]

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs and those of the table."""
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        take = view(self.import_table)
        take.upload_handlers = [files.TableUploadHandler]  # type: ignore[attr-defined]
        return [
            path("table/", view(require_safe(self.export_table)), name=f"{name}_export"),
            path("table/import/", take, name=f"{name}_import"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, with the links to the table."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        links = {"export_address": reverse(f"{name}_export")}
        if self.has_change_permission(request):
            links["import_address"] = reverse(f"{name}_import")
        return super().changelist_view(request, (extra_context or {}) | links)

    def export_table(self, request: HttpRequest) -> HttpResponse:
        """Return all items as a CSV file, as editors see them: with their draft changes, so after a recent proof."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proof.require(request)
        dataset = self._table_resource(request).export()
        content = files.write(dataset.headers or [], [[*row] for row in dataset])
        name = f"{self.opts.model_name}-{timezone.localdate().isoformat()}.csv"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)

    def import_table(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, show what it would change, and import exactly that."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if "package" in request.POST:
            return self._table_confirm(request)
        form = TableForm(request.POST or None, request.FILES or None)
        if not (self.table_kind.creates and self.has_add_permission(request)):
            del form.fields["creates"]
        if request.method == "POST" and form.is_valid():
            answers = form.cleaned_data
            options = {"note": answers["note"], "creates": answers.get("creates", False)}
            try:
                resource = self._table_resource(request, **options)
                table = files.read(answers["file"].read(), list(resource.fields), self.table_kind.key_column)
                return self._table_preview(request, table, options, importing.dry_run(resource, table))
            except ValidationError as refusal:
                form.add_error("file", refusal)
        return self._table_page(request, {"form": form, "columns": self._table_columns(request)})

    def _table_resource(self, request: HttpRequest, **options: Any) -> "TableResource":
        from .resource import TableResource  # its library is large, and few workers ever read a table

        return TableResource(self.table_kind, self, request, **options)

    def _table_confirm(self, request: HttpRequest) -> HttpResponse:
        """Import what a preview showed, or show it again."""
        try:
            table, options = importing.unpack(request.POST["package"], **self._table_owner(request))
        except ValidationError as refusal:
            form = TableForm(None)
            return self._table_page(
                request, {"form": form, "columns": self._table_columns(request), "errors": refusal.messages}
            )
        digest, note = options["digest"], options["note"]
        options = {"note": note, "creates": options["creates"]}
        resource = self._table_resource(request, **options | {"note": note or gettext("From a table.")})
        if self.table_kind.is_live_at_once and "live" not in request.POST:
            again = importing.dry_run(resource, table)
            return self._table_preview(request, table, options, again, gettext("Tick that readers see this at once."))
        outcome, is_done = importing.perform(resource, table, digest)
        if not is_done:
            text = gettext("Something here was changed in the meantime. Nothing was saved. Look at it again.")
            resource = self._table_resource(request, **options)
            return self._table_preview(request, table, options, importing.dry_run(resource, table), text)
        return self._table_done(request, outcome, resource.note)

    def _table_done(self, request: HttpRequest, outcome: importing.Outcome, note: str) -> HttpResponse:
        for item in outcome.items:
            self.log_change(request, item, note)
        count = len(outcome.items)
        text = ngettext("%(count)d item saved from the table.", "%(count)d items saved from the table.", count)
        also = (
            gettext("Readers see it now.")
            if self.table_kind.is_live_at_once
            else gettext("Readers see none of it yet: published items wait as draft changes.")
        )
        messages.success(request, f"{text % {'count': count}} {also}")
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _table_owner(self, request: HttpRequest) -> dict[str, Any]:
        return {"by": request.user.pk, "model": self.opts.model_name}

    def _table_preview(
        self, request: HttpRequest, table: files.Table, options: dict, outcome: importing.Outcome, error: str = ""
    ) -> HttpResponse:
        context: dict[str, Any] = {"outcome": outcome, "errors": [error] if error else [], "options": options}
        missing = [name for name, _label, _hint in self._table_columns(request) if name not in table.headers]
        context |= {"missing": ", ".join(missing), "is_live_at_once": self.table_kind.is_live_at_once}
        if outcome.changed and not outcome.refused:
            context["package"] = importing.pack(outcome.kept, outcome.digest, **options, **self._table_owner(request))
        return self._table_page(request, context)

    def _table_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Import a table"),
            "export_address": reverse(f"{name}_export"),
            "import_address": reverse(f"{name}_import"),
            **context,
        }
        return TemplateResponse(request, "education/admin/import_table.html", context)

    def _table_columns(self, request: HttpRequest) -> list[tuple[str, str, str]]:
        """Return heading, label and format of each column."""
        found = []
        for name, column in self._table_resource(request).fields.items():
            field = self.model._meta.get_field(column.attribute) if column.attribute else None
            other = gettext("channels") if field else gettext("key")
            label = capfirst(getattr(field, "verbose_name", "") or other)
            is_rich = field is not None and markup.is_rich(field)
            hint = gettext("HTML, as exported") if is_rich else getattr(column.widget, "hint", "")
            found.append((name, label, hint))
        return found
