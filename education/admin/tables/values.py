"""How the value of each kind of column is written in a cell, and what is said about a cell that cannot be read.

Each class is a widget of django-import-export. ``clean`` returns the value as a revision stores it, and raises
ValueError with a sentence. ``render`` returns the text of the cell.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, Field, IntegerField, JSONField, Model, SlugField
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.widgets import Widget

from education.models import Channel
from education.models.bilingual import columns
from education.models.serialization import content_columns
from safetycenter import provinces

YES, NO = {"yes", "ya", "1", "true", "benar"}, {"no", "tidak", "0", "false", "salah", ""}
_LABELS = columns("label")


def plain(cell: str | None) -> str:
    """Return the text of a cell with the line breaks of every kind of computer alike."""
    return (cell or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class Text(Widget):
    """A text. Line breaks of every kind of computer are the same."""

    hint: Any = ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the text."""
        return plain(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the text."""
        return "" if value is None else str(value)


class Address(Text):
    """The readable part of an address; none is stored as null."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the slug, or None."""
        return super().clean(value) or None


class Number(Text):
    """A whole number."""

    hint: Any = gettext_lazy("a whole number")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the number."""
        text = super().clean(value)
        if not (text.isascii() and text.isdigit()):
            raise ValueError(_("Write a whole number here, not “%(value)s”.") % {"value": _shortened(text)})
        return int(text)


class YesNo(Text):
    """Yes or no, in either language, or as a spreadsheet writes it."""

    hint: Any = gettext_lazy("yes or no")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return True or False."""
        text = super().clean(value).lower()
        if text not in YES | NO:
            raise ValueError(_("Write yes or no here, not “%(value)s”.") % {"value": _shortened(text)})
        return text in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return ``yes`` or ``no``, in no reader's language, because files go from one person to another."""
        return "yes" if value else "no"


class Day(Text):
    """A day."""

    hint: Any = gettext_lazy("a day, such as 2026-11-29")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the day as text, or None."""
        text = super().clean(value)
        try:
            day = parse_date(text) if text else None
        except ValueError:
            day = None
        if text and day is None:
            raise ValueError(_("Write the day like this: 2026-11-29, not “%(value)s”.") % {"value": _shortened(text)})
        return day.isoformat() if day else None


class Choice(Text):
    """One of a few fixed words."""

    def __init__(self, choices: Mapping[Any, Any]) -> None:
        super().__init__()
        self.choices = choices
        self.hint = ", ".join(str(key) for key in choices if key)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the word."""
        text = super().clean(value)
        if text not in self.choices:
            known = ", ".join(str(key) for key in self.choices if key)
            raise ValueError(
                _("“%(value)s” is not known here. Known are: %(known)s.") % {"value": _shortened(text), "known": known}
            )
        return text


class Provinces(Text):
    """Keys of provinces, separated by commas; none: all of Indonesia."""

    hint: Any = gettext_lazy("numbers of provinces, separated by commas; empty: all of Indonesia")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the keys."""
        return _known_parts(super().clean(value), {key: key for key, _name in provinces.CHOICES})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the keys in one line."""
        return ", ".join(value or [])


class Keys(Text):
    """Other items by their keys, separated by commas."""

    def __init__(self, model: type[Model], key: str) -> None:
        super().__init__()
        self.pks = dict(model._default_manager.values_list(key, "pk"))
        self.hint = _("separated by commas: %(keys)s") % {"keys": ", ".join(self.pks)}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the sorted primary keys."""
        return sorted(_known_parts(super().clean(value), self.pks))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the keys in one line."""
        return ", ".join(key for key, pk in self.pks.items() if pk in (value or []))


class Channels(Text):
    """The channels of a helpline, one a line: ``phone | 119 ext 8 | label | English label | text``.

    The labels may be left out. ``text`` at the end says that it works without speaking.
    """

    hint: Any = gettext_lazy(
        "one a line: phone | 119 ext 8 | Indonesian label | English label | text (if it works without speaking)"
    )

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the rows as a revision stores them."""
        lines = [line for line in super().clean(value).split("\n") if line.strip()]
        return [_channel(line, place) for place, line in enumerate(lines)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return one line for each channel."""
        return "\n".join(_channel_line(row) for row in value or [])


def widget_for(field: Field) -> Text:
    """Return the widget of a column of a model."""
    if field.choices:
        return Choice(dict(field.flatchoices) | ({"": ""} if field.blank else {}))
    kinds: tuple[tuple[type[Field], type[Text]], ...] = (
        (BooleanField, YesNo),
        (IntegerField, Number),
        (DateField, Day),
        (JSONField, Provinces),
        (SlugField, Address if field.null else Text),
    )
    return next((widget() for kind, widget in kinds if isinstance(_original(field), kind)), Text())


def _original(field: Field) -> Field:
    return getattr(field, "translated_field", field)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _known_parts(text: str, known: Mapping[str, Any]) -> list:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if unknown := [part for part in parts if part not in known]:
        raise ValueError(
            _("Not known: %(names)s. Known are: %(known)s.")
            % {"names": ", ".join(map(_shortened, unknown)), "known": ", ".join(known)}
        )
    return list(dict.fromkeys(known[part] for part in parts))


def _channel(line: str, place: int) -> dict:
    parts = [part.strip() for part in line.split("|")]
    without_speaking = len(parts) > 2 and parts[-1] == "text"
    if without_speaking:
        parts.pop()
    if not 2 <= len(parts) <= 2 + len(_LABELS):
        raise ValueError(
            _("“%(line)s” cannot be read. Write one channel on each line: phone | 119 ext 8")
            % {"line": _shortened(line)}
        )
    kind, value, *labels = parts
    texts = dict(zip(_LABELS, [*labels, *[""] * len(_LABELS)], strict=False))
    channel = Channel(kind=kind, value=value, text_route=without_speaking, position=place, **texts)
    _refuse_bad_channel(channel, line)
    data = {field.name: getattr(channel, field.attname) for field in content_columns(Channel)}
    return data | {name: text or "" for name, text in texts.items()}


def _refuse_bad_channel(channel: Channel, line: str) -> None:
    try:
        channel.full_clean(exclude={"helpline", "label"})
    except ValidationError as error:
        sentences = " ".join(dict.fromkeys(error.messages))
        raise ValueError(_("“%(line)s”: %(error)s") % {"line": _shortened(line), "error": sentences}) from None


def _channel_line(row: dict) -> str:
    parts = [row["kind"], row["value"], *(row.get(name) or "" for name in _LABELS), "text" if row["text_route"] else ""]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)
