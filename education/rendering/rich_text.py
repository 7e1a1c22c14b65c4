"""Rich text of editors: one list of extensions gives the editor's toolbar and what may stay in the text.

The text is cleaned when it is stored and again when it is shown: a row can also come from an import, an older
version of this list, or a restored backup.
"""

import html as entities
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorField

from education.rendering import heading_anchors

LINK_PROTOCOLS = ["https", "mailto", "tel"]
EXTENSIONS = {
    "Heading": {"levels": [2, 3]},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": LINK_PROTOCOLS},
}


@dataclass(frozen=True)
class Rendered:
    """Text ready for a page: ``html``, and ``headings`` as pairs of anchor and plain text."""

    html: SafeString
    headings: tuple[tuple[str, str], ...]


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop every id that is not an anchor made by ``education.rendering.heading_anchors``."""
    return None if name == "id" and not heading_anchors.ANCHOR.fullmatch(value) else value


def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=allowlist_from_extensions(EXTENSIONS)["tags"],
        attributes={"a": {"href"}, "h2": {"id"}},  # nh3 adds the rel of a link
        attribute_filter=_keep_attribute,
        url_schemes=set(LINK_PROTOCOLS),
    )


_CLEANER = _cleaner()
_LINE_CLEANER = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(LINK_PROTOCOLS))


def clean(html: str | None) -> str:
    """``html`` with only what EXTENSIONS allow. An editor's empty paragraph becomes the empty string."""
    cleaned = _CLEANER.clean(html or "")
    return cleaned if strip_tags(cleaned).strip() else ""


@lru_cache(maxsize=256)
def render(html: str, letter: str = "s") -> Rendered:
    """Clean ``html`` and give each second-level heading its anchor, so that links and contents can lead to it.

    ``letter`` begins the anchors: another one for each text of a page.
    """
    anchored = heading_anchors.complete(clean(html))
    headings = tuple((letter + anchor[1:], text) for anchor, text in heading_anchors.headings(anchored))
    # Safe: the output of nh3, to which only anchors were added.
    return Rendered(mark_safe(heading_anchors.with_letter(anchored, letter)), headings)  # noqa: S308 - the output of nh3


def line(text: str) -> SafeString:
    """One line that may hold links and nothing else, ready for a page."""
    return mark_safe(_LINE_CLEANER.clean(text))  # noqa: S308 - the output of nh3


def plain(html: str) -> str:
    """``html`` as text without any mark-up, for a chat or a data attribute."""
    return entities.unescape(strip_tags(html))


def word_count(html: str) -> int:
    """How many words ``html`` shows."""
    return len(strip_tags(re.sub(r"<(?!/?(?:strong|em|a)\b)", " <", html)).split())


class RichTextField(ProseEditorField):
    """A text column edited with the rich text editor, clean in the database whichever way it was written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"config": {"extensions": EXTENSIONS}, "sanitize": _sanitize} | kwargs))

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """The cleaned text. The instance is left alone: the untranslated field would write to the active language."""
        value = super().pre_save(model_instance, add)
        return value if value is None else heading_anchors.complete(clean(value))


def _sanitize(html: str) -> str:
    return clean(html)
