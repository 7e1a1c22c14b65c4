"""Configuration of the rich text editor for one field: the picture library, the choice of link targets, and pasting.

The scripts (``DJANGO_PROSE_EDITOR_EXTENSIONS``) get their words from here. Without script a text is its HTML.
"""

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.config import DEFAULT_MENU_GROUPS

from education.rendering.heading_anchors import letter_of
from education.translation import column

from . import rich_pictures

LINE_FIELDS = {"checklist", "short_answer", "disclosure"}  # plain texts in which a link is HTML (rich_text.line)
LINK_WORDS = {
    "button": _("Add a link"),
    "title": _("Link"),
    "label": _("Where it leads"),
    "help": _(
        "Type part of a title, a number or a web address. A page of this site is shown in each reader's language. A "
        "new heading can be chosen once the text is saved."
    ),
    "found": _("Targets"),
    "count": _("Found: %d. Choose with the arrow keys and Enter."),
    "nothing": _("Nothing found. Type a whole address, such as https://example.org/page."),
    "failed": _("The list could not be loaded. Headings and web addresses can be chosen."),
    "headings": _("Headings in this text"),
    "web": _("Web address"),
    "cancel": pgettext_lazy("a button", "Cancel"),
}
ROW_FIELDS = {"checklist"}  # of these, those that are shown as rows
ROW_WORDS = {
    "step": _("Step %d"),
    "mark": _("Always in the text for chats"),
    "link": _("Add a link"),
    "up": _("Up"),
    "down": _("Down"),
    "remove": _("Take out"),
    "add": _("Add a step"),
    "rows": _("Steps one by one"),
    "text": _("Steps as text, one per line"),
}
PASTE_WORDS = {
    "changed": _("Changed while pasting:"),
    "tables": _("tables, now lines"),
    "headings": _("headings, now of another level"),
    "secured": _("links, now with https: try them"),
    "lost": _("Not kept:"),
    "pictures": _("pictures: add them with the button"),
    "media": _("videos and embedded pages"),
    "forms": _("forms"),
    "links": _("links that lead nowhere on the web"),
    "styles": _("underlined, struck through or raised words: their style"),
}


def config(language: str, field: str) -> dict[str, Any]:
    """Return the configuration of the editor for the text ``field`` in ``language``."""
    extensions = rich_pictures.config(language)["extensions"] | {
        "Menu": {"groups": DEFAULT_MENU_GROUPS},
        "TrailingNode": {
            "notAfter": ["heading", "bulletList", "orderedList", "blockquote"]
        },  # one leaves these by Enter
        "LinkPicker": _links(language) | {"letter": letter_of(field)},
        "PasteCleaner": {"words": _as_text(PASTE_WORDS)},
    }
    return {"extensions": extensions}


def attributes(language: str, field: str) -> dict[str, str]:
    """Return the attributes that give the plain text ``field`` a link button; none if readers get no links from it."""
    if field not in LINE_FIELDS:
        return {}
    rows = {"data-rows": json.dumps(_as_text(ROW_WORDS))} if field in ROW_FIELDS else {}
    return {"data-links": json.dumps(_links(language)), "data-headings": f"id_{column('body', language)}", **rows}


def _links(language: str) -> dict[str, Any]:
    return {"url": reverse("admin:education_link_targets", args=[language]), "words": _as_text(LINK_WORDS)}


def _as_text(words: dict[str, Any]) -> dict[str, str]:
    return {name: str(text) for name, text in words.items()}
