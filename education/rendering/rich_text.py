"""Sanitize and render rich text. One list of extensions defines both the editor's toolbar and the allowed HTML.

Text is sanitized when stored and again when shown, because a row can also come from an import, an older version of this
list, or a restored backup.
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

from education.rendering import boxes, figures, heading_anchors, html_text

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
    "Figure": True,  # the picker of the library is added for each language (education.admin.inlines)
    "Image": True,
    "Caption": True,
    "NodeClass": {
        "cssClasses": {
            "paragraph": {"title": "box", "cssClasses": [{"className": name, "title": name} for name in boxes.BOXES]},
            "orderedList": {"title": "list", "cssClasses": [{"className": boxes.STEPS, "title": boxes.STEPS}]},
        }
    },
}


@dataclass(frozen=True)
class Rendered:
    """Text ready for a page: ``html``, and ``headings`` as pairs of anchor and plain text."""

    html: SafeString
    headings: tuple[tuple[str, str], ...]


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Remove every id except anchors made by ``education.rendering.heading_anchors``, every class except of a box."""
    if name == "class":
        return value if value in boxes.CLASSES.get(tag, ()) else None
    return None if name == "id" and not heading_anchors.ANCHOR.fullmatch(value) else value


def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=allowlist_from_extensions(EXTENSIONS)["tags"],
        attributes={
            "a": {"href"},
            "h2": {"id"},
            "p": {"class"},
            "ol": {"class"},
            **figures.ATTRIBUTES,
        },  # nh3 adds the rel of a link
        attribute_filter=_keep_attribute,
        url_schemes=set(LINK_PROTOCOLS),
    )


_CLEANER = _cleaner()
_EMPTY_LAST_LINE = re.compile(r"(?<=</figure>)(?:<p>(?:<br>)?</p>)+$")
_LINE_CLEANER = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(LINK_PROTOCOLS))


def clean(html: str | None) -> str:
    """Return ``html`` reduced to what EXTENSIONS allow. An editor's empty paragraph becomes the empty string.

    Of pictures only those of the library are left, named by their id. The empty line that the editor keeps below a last
    one goes.
    """
    cleaned = _EMPTY_LAST_LINE.sub("", figures.tidy(_CLEANER.clean(html or "")))
    return cleaned if "<figure>" in cleaned or strip_tags(cleaned).strip() else ""


@lru_cache(maxsize=256)
def render(html: str, language: str, letter: str = "s") -> Rendered:
    """Sanitize ``html`` and add an anchor to each second-level heading, for links and the table of contents.

    ``language`` is that of the text, for the names of its boxes. ``letter`` begins the anchors, a different one for
    each text on a page.
    """
    anchored = heading_anchors.add_anchors(clean(html))
    headings = tuple((letter + anchor[1:], text) for anchor, text in heading_anchors.headings(anchored))
    shown = boxes.name_boxes(heading_anchors.with_anchor_letter(anchored, letter), language)
    # Safe: nh3 has cleaned it; only anchors of our own numbers and escaped names of boxes were added since.
    return Rendered(mark_safe(shown), headings)  # noqa: S308 - the reason is above


def line(text: str) -> SafeString:
    """Return one line for a page; only links are allowed in it."""
    return mark_safe(_LINE_CLEANER.clean(text))  # noqa: S308 - the output of nh3


def plain(html: str) -> str:
    """Return ``html`` as plain text, for a chat or a data attribute."""
    return entities.unescape(strip_tags(html))


def word_count(html: str) -> int:
    """Return the number of words in ``html``."""
    return len(html_text.words(html).split())


class RichTextField(ProseEditorField):
    """A text column with the rich text editor. It is sanitized on every save, whichever code writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"config": {"extensions": EXTENSIONS}, "sanitize": _sanitize} | kwargs))

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """Return the sanitized text.

        The instance stays unchanged, because the untranslated field would write to the active language.
        """
        value = super().pre_save(model_instance, add)
        return value if value is None else heading_anchors.add_anchors(clean(value))


def _sanitize(html: str) -> str:
    return clean(html)
