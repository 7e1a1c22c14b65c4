"""What a cell may not hold: a script, a tag that readers would not get, a picture that is not in the library."""

from html.parser import HTMLParser

from django.db.models import Field
from django.utils.translation import gettext as _
from django_prose_editor.config import allowlist_from_extensions

from education.admin import rich_pictures
from education.rendering import rich_text
from education.rendering.rich_text import RichTextField

RICH_TAGS = set(allowlist_from_extensions(rich_text.EXTENSIONS)["tags"])
LINE_FIELDS = {"checklist"}  # plain texts in which a link is written as HTML (education.rendering.rich_text.line)


class _Reader(HTMLParser):
    """Collects the tags of a text and the links that have an address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: dict[str, None] = {}
        self.handlers: dict[str, None] = {}
        self.links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags[tag] = None
        self.handlers |= {name: None for name, _value in attrs if name.startswith("on")}
        self.links += tag == "a" and any(name == "href" for name, _value in attrs)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


def is_rich(field: Field) -> bool:
    """Return whether the column holds rich text."""
    return isinstance(getattr(field, "translated_field", field), RichTextField)


def refusal(field: Field, text: str) -> str | None:
    """Return why ``text`` cannot be stored in ``field``, or None."""
    original = getattr(field, "translated_field", field).name
    allowed = RICH_TAGS if is_rich(field) else ({"a"} if original in LINE_FIELDS else set())
    found = _read(text)
    if unknown := [f"<{tag}>" for tag in found.tags if tag not in allowed] + [f"{name}=…" for name in found.handlers]:
        return _("This cannot stand here: %(names)s. Take it out; nothing of this file was saved.") % {
            "names": ", ".join(unknown)
        }
    kept = rich_text.clean(text) if is_rich(field) else str(rich_text.line(text))
    if allowed and _read(kept).links < found.links:
        return _("A link leads to an address that is not allowed. Use https, tel or mailto.")
    return rich_pictures.refusal(text) if is_rich(field) else None
