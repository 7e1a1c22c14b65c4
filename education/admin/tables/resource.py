"""Rows of a table as drafts and draft changes: what django-import-export calls a resource.

An item is exported as editors see it: its open draft change, else its row. An import changes the same text, by the same
rules as the forms, and writes nothing else.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader

from education.admin import differences
from education.models.serialization import stored_form
from education.publishing import text_edits, workflow
from safetycenter.transitions import NotAllowed

from . import checks, values
from .kinds import Kind


class Column(fields.Field):
    """A column of the table. Its value belongs to the open text of the item, not to the row in the database."""

    def get_value(self, instance: Any) -> Any:
        """Return the value as a revision stores it."""
        return instance.content.get(self.attribute)

    def save(self, instance: Any, row: dict, is_m2m: bool = False, **kwargs: Any) -> None:
        """Set the value of the cell, unless it is as it was exported. Raises ValueError with a sentence."""
        exported = self.widget.render(self.get_value(instance))
        if values.plain(row[self.column_name]) != values.plain(exported):
            instance.content[self.attribute] = self.clean(row, **kwargs)


class TableResource(resources.Resource):
    """The table of one kind of item for one person. ``creates``: this person says that unknown keys are new items."""

    class Meta:
        instance_loader_class = BaseInstanceLoader  # get_instance finds the items
        skip_diff = True  # education.admin.differences compares, by word and language
        store_instance = True
        report_skipped = False
        use_transactions = True

    def __init__(self, kind: Kind, model_admin: Any, request: HttpRequest, note: str = "", creates: bool = False):
        super().__init__()
        self.kind, self.model_admin, self.request, self.note = kind, model_admin, request, note
        self.creates = creates and kind.creates and model_admin.has_add_permission(request)
        self.seen: set[str] = set()
        self.slugs: dict[str, str] = {}  # of this file, with the key of their item
        self.fields = {kind.key_column: fields.Field(column_name=kind.key_column)} | _columns(kind)
        self.headings = {field.attribute: name for name, field in self.fields.items() if field.attribute}

    def get_import_order(self) -> list[str]:
        """Return all columns, in the order of the export."""
        return list(self.fields)

    get_export_order = get_import_order

    def get_import_id_fields(self) -> list[str]:
        """Return the column that names the item."""
        return [self.kind.key_column]

    def get_queryset(self) -> Any:
        """Return all items of the kind."""
        return self.kind.model._default_manager.all()

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[str]:
        """Return the cells of one item."""
        instance.content = workflow.pending_or_live(instance)
        _key, *cells = super().export_resource(instance, selected_fields, **kwargs)
        return [str(getattr(instance, self.kind.key)), *cells]

    def get_instance(self, instance_loader: Any, row: dict) -> Any:
        """Return the item of a row with its open text, or None for a new one. Raises ValidationError for a bad key."""
        key = row[self.kind.key_column].strip()
        if not key and self.kind.key == "pk" and self.creates:
            return None
        if key in self.seen:
            raise ValidationError({self.kind.key_column: _("An earlier row of this file is the same item.")})
        self.seen.add(key)
        found = self._find(key)
        if found is None and (not key or not self.creates or self.kind.key == "pk"):
            raise ValidationError({self.kind.key_column: checks.unknown_key(self.kind, key)})
        return found

    def _find(self, key: str) -> Any:
        is_number = self.kind.key in {"pk", "number"}
        if not key or (is_number and not (key.isascii() and key.isdigit() and len(key) < 10)):
            return None
        return self.get_queryset().select_for_update().filter(**{self.kind.key: key}).first()

    def init_instance(self, row: dict | None = None) -> Any:
        """Return a new item with the key of the row."""
        key = {} if self.kind.key == "pk" else {self.kind.key: (row or {})[self.kind.key_column].strip()}
        return self.kind.model(**key)

    def after_init_instance(self, instance: Any, new: bool, row: dict, **kwargs: Any) -> None:
        """Note what the item says before the row, and refuse items that this person may not change."""
        if not new and not self.model_admin.has_change_permission(self.request, instance):
            raise ValidationError(_("Your role does not allow changing this item."))
        instance.before = {} if new else workflow.pending_or_live(instance)
        instance.content = checks.empty_content(instance) if new else dict(instance.before)

    def skip_row(self, instance: Any, original: Any, row: dict, import_validation_errors: Any = None) -> bool:
        """Return whether the row changes nothing."""
        return not import_validation_errors and instance.content == instance.before

    def validate_instance(
        self, instance: Any, import_validation_errors: dict | None = None, validate_unique: bool = True
    ) -> None:
        """Raise ValidationError with the sentences about each column."""
        found = import_validation_errors or {}
        unread = {name: [text for one in errors for text in one.messages] for name, errors in found.items()}
        said: dict[str, list[str]] = {}
        for name, sentences in (unread | self._errors(instance, set(unread))).items():
            said.setdefault(self.headings.get(name, name), []).extend(sentences)
        if said:
            raise ValidationError({name if name in self.fields else NON_FIELD_ERRORS: said[name] for name in said})

    def _errors(self, item: Any, unread: set[str]) -> dict[str, list[str]]:
        found = checks.errors(self.kind, item, set(self.headings) - unread, self.slugs)
        rules = getattr(self.model_admin, "side_errors", None)
        also = rules(item.content) if rules else {}
        return found | {name: [text] for name, text in also.items() if name in checks.changed(item)}

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Save the text as a draft or a draft change. Raises ValidationError if the role does not allow it."""
        try:
            text_edits.save_content(instance, instance.content, self.request.user, self.note)
        except NotAllowed as refusal:
            raise ValidationError(str(refusal)) from None

    def after_import_row(self, row: dict, row_result: Any, **kwargs: Any) -> None:
        """Add to the result of a row its place in the file, its cells, and what it changes."""
        item = row_result.instance
        row_result.place, row_result.cells = kwargs["row_number"] - 1, list(row.values())
        row_result.before, row_result.after = stored_form(item.before), stored_form(item.content)
        is_changed = not row_result.is_skip()
        row_result.differences = differences.differences_between(item, item.before, item.content) if is_changed else []


def _columns(kind: Kind) -> dict[str, Column]:
    found = {name: Column(field.name, name, values.widget_for(field)) for name, field in kind.columns()}
    for name, key in kind.lists.items():
        related: Any = kind.model._meta.get_field(name).related_model
        found[name] = Column(name, name, values.Keys(related, key))
    return found | ({"channels": Column("channels", "channels", values.Channels())} if kind.has_channels else {})
