"""Preview pictures of pages in chats, and their storage.

A sensitive guide, topic or page uses the neutral picture of the site.
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

DRAWN_AS = 1  # increase it when the drawing changes, so that the addresses change


@dataclass(frozen=True)
class Card:
    """A preview picture: its item (``kind``, ``key``) and what is drawn."""

    kind: str
    key: str
    language: str
    title: str
    art: str
    above: str = ""

    @property
    def digest(self) -> str:
        """Return a digest of everything that is drawn, so that a changed title gives a new address."""
        drawn = (DRAWN_AS, self.language, self.title, self.above, self.art, _site_name(self.language))
        return sha256(repr(drawn).encode()).hexdigest()[:12]

    @property
    def path(self) -> str:
        """Return the address of the picture."""
        with override(self.language):
            return reverse("education:card", args=[self.kind, self.key, self.digest])

    def file(self) -> Path:
        """Return the picture file. Draws it if it does not exist, and deletes older ones of the same item."""
        stem = f"{self.language}-{self.kind}-{self.key}"
        file = Path(settings.CARDS_DIR) / f"{stem}.{self.digest}.png"
        if not file.exists():
            older = list(file.parent.glob(f"{stem}.*.png"))
            _write(file, drawing.draw(self.title, self.above, self.art, _site_name(self.language)))
            for path in older:
                path.unlink(missing_ok=True)
        return file


def of_site() -> Card:
    """Return the neutral card in the reader's language."""
    language = get_language()
    return Card("site", "site", language, _site_name(language), "everyone")


def of_item(item: Bilingual) -> Card:
    """Return the card of ``item`` in the language in which it is shown."""
    if getattr(item, "sensitive", False):
        return of_site()
    kind, key, title, art, above = _OF[type(item)](item)
    return Card(kind, str(key), item.localized.language, title, art, above)


def find(kind: str, key: str) -> Card | None:
    """Return the card at an address; None if readers may not see its item, or if the item uses the neutral card."""
    if kind == "site":
        return of_site()
    query = _FIND.get(kind)
    item = query(key).first() if query else None
    card = item and of_item(item)
    return card if card and card.kind == kind else None


def _drawn(key: str) -> str:
    """Return the key of the drawing of a topic or audience, or the general one if there is none."""
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
    """Write the file atomically, because several processes may draw the same picture at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")
    with os.fdopen(handle, "wb") as new:
        new.write(body)
    Path(name).replace(file)
