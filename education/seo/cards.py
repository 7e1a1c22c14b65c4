"""Which picture a page shows in a chat, and where it is kept.

A sensitive guide, topic or page has none of its own: its card is the neutral one of the site.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from education.models import Audience, Guide, Lesson, News, Page, Quiz, Topic
from education.models.bilingual import Bilingual

from . import drawing

DRAWN_AS = 1  # raise it when the drawing changes: the addresses change with it


@dataclass(frozen=True)
class Card:
    """A picture: what it is of (``kind``, ``key``), and what is drawn."""

    kind: str
    key: str
    language: str
    title: str
    art: str
    above: str = ""

    @property
    def digest(self) -> str:
        """Of everything that is drawn, so that a changed title is another picture."""
        drawn = (DRAWN_AS, self.language, self.title, self.above, self.art, _site_name(self.language))
        return sha256(repr(drawn).encode()).hexdigest()[:12]

    @property
    def path(self) -> str:
        """The address of the picture."""
        with override(self.language):
            return reverse("education:card", args=[self.kind, self.key, self.digest])

    def file(self) -> Path:
        """The picture as a file; drawn now if it was not yet. Older ones of the same page are removed."""
        stem = f"{self.language}-{self.kind}-{self.key}"
        file = Path(settings.CARDS_DIR) / f"{stem}.{self.digest}.png"
        if not file.exists():
            older = list(file.parent.glob(f"{stem}.*.png"))
            _write(file, drawing.draw(self.title, self.above, self.art, _site_name(self.language)))
            for path in older:
                path.unlink(missing_ok=True)
        return file


def of_site() -> Card:
    """The neutral card, in the reader's language."""
    language = get_language()
    return Card("site", "site", language, _site_name(language), "everyone")


def of_item(item: Bilingual) -> Card:
    """The card of ``item`` in the language in which it is shown."""
    if getattr(item, "sensitive", False):
        return of_site()
    kind, key, title, art, above = _OF[type(item)](item)
    return Card(kind, str(key), item.localized.language, title, art, above)


def find(kind: str, key: str) -> Card | None:
    """The card at an address; None when readers may not see what it is of, or it has no card of its own."""
    if kind == "site":
        return of_site()
    query = _FIND.get(kind)
    item = query(key).first() if query else None
    card = item and of_item(item)
    return card if card and card.kind == kind else None


def _drawn(key: str) -> str:
    """The drawing of a topic or audience; a new one that has none gets that of everyone."""
    return key if (drawing.ART / f"{key}.svg").exists() else "everyone"


_OF: dict[type, Callable] = {
    Guide: lambda it: ("guide", it.number, it.localized.title, _drawn(it.topic.key), it.topic.localized.title),
    Topic: lambda it: ("topic", it.key, it.localized.title, _drawn(it.key), _("Guides")),
    Audience: lambda it: ("audience", it.key, it.localized.name, _drawn(it.key), _("Guides")),
    News: lambda it: ("news", it.key, it.localized.title, "everyone", _("News")),
    Page: lambda it: ("page", it.key, it.localized.title, "everyone", ""),
    Quiz: lambda it: ("quiz", it.number, it.localized.title, _drawn(it.topic.key), it.topic.localized.title),
    Lesson: lambda it: ("lesson", it.key, it.localized.title, "educators", _("Lessons")),
}
_FIND: dict[str, Callable] = {
    "guide": lambda key: Guide.objects.published().select_related("topic").filter(number=_number(key)),
    "topic": lambda key: Topic.objects.filter(key=key),
    "audience": lambda key: Audience.objects.filter(key=key),
    "news": lambda key: News.objects.published().filter(key=key),
    "quiz": lambda key: Quiz.objects.published().select_related("topic").filter(number=_number(key)),
    "lesson": lambda key: Lesson.objects.published().filter(key=key),
    "page": lambda key: Page.objects.published().filter(key=key),
}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _site_name(language: str) -> str:
    with override(language):
        return settings.SITE_NAME or _("Safety Center")


def _write(file: Path, body: bytes) -> None:
    """Whole or not at all: several processes may draw the same picture at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")
    with os.fdopen(handle, "wb") as new:
        new.write(body)
    Path(name).replace(file)
