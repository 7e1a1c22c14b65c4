"""Which items have a table, and which of their columns it shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, Model
from modeltranslation.fields import TranslationField

from education.models import (
    Audience,
    Guide,
    Helpline,
    Lesson,
    News,
    Organisation,
    Page,
    Publishable,
    Quiz,
    Synonym,
    Term,
    Topic,
    helpline_fields,
)
from education.models.serialization import content_columns
from education.publishing.publication import TIME_COLUMNS

# What a routine check fills in is no content of a file (helpline_fields.HelplineField.in_files).
_CHECKED = {column for one in helpline_fields.FIELDS if not one.in_files for column in one.columns}


@dataclass(frozen=True)
class Kind:
    """A kind of item with a table.

    ``key`` is the field that names an item. ``only`` are the fields that the table shows, if not all; ``without`` are
    those it leaves out. ``lists`` are lists of other items, with the field that names those. ``keeps_on`` are switches
    that protect a reader, which only the form turns off. ``creates``: a row may be a new item.
    """

    model: type[Model]
    key: str = "key"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    lists: dict[str, str] = field(default_factory=dict)
    keeps_on: tuple[str, ...] = ()
    has_channels: bool = False
    creates: bool = True

    @property
    def key_column(self) -> str:
        """Return the heading of the key."""
        return "number" if self.key == "pk" else self.key

    @property
    def is_live_at_once(self) -> bool:
        """Return whether readers see a change without a publisher, because the kind has no drafts."""
        return not issubclass(self.model, Publishable)

    def columns(self) -> Iterator[tuple[str, Field]]:
        """Yield the heading and the model field of each column except the key; both languages side by side."""
        for column in content_columns(self.model):
            name = getattr(column, "translated_field", column).name
            is_text = not column.is_relation and column.name not in _CHECKED | TIME_COLUMNS | {"key", self.key}
            if is_text and name not in self.without and (not self.only or name in self.only):
                yield _heading(column), column


def _heading(column: Field) -> str:
    """Return the heading of a column: a text is named by its field and language, ``title_id`` and ``title_en``."""
    if not isinstance(column, TranslationField):
        return column.name
    text: Any = column  # modeltranslation has no types
    return f"{text.translated_field.name}_{text.language}"


GUIDE_TEXTS = ("title", "slug", "short_answer", "checklist", "body", "easy")
IN_CLASS = ("goals", "materials", "warning", "opt_out", "body", "disclosure", "handout")
KINDS = {
    kind.model: kind
    for kind in (
        Kind(Term),
        Kind(Organisation),
        Kind(Helpline, "slug", lists={"topics": "key", "audiences": "key"}, has_channels=True),
        Kind(Guide, "number", only=GUIDE_TEXTS, creates=False),
        # Sources, situations and lists of other items are separate rows: the forms have them.
        Kind(News, only=("title", "slug", "summary", "body"), creates=False),
        Kind(Page, only=("title", "short_answer", "body"), creates=False),
        Kind(Quiz, "number", only=("title", "slug", "summary"), creates=False),
        Kind(Lesson, only=("title", "slug", "grades", "short_answer", *IN_CLASS), creates=False),
        # Reports refer to topics by their key, and ``sensitive`` protects readers: only the forms create and protect.
        Kind(Topic, without=("sensitive",), creates=False),
        Kind(Audience, creates=False),
        Kind(Synonym, "pk", keeps_on=("crisis", "hurt")),
    )
}
