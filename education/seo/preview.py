"""Link previews (Open Graph) for chats and social networks.

For a sensitive page, the preview reveals nothing about its topic, because anyone who looks at the phone sees it (H9,
H26).
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education import urls_for
from education.models import Audience, Guide, Lesson, News, Page, Platform, Quiz, Topic
from education.models.bilingual import LANGUAGES, Bilingual
from education.rendering import pictures

LOCALES = {"id": "id_ID", "en": "en_US"}  # a language without a row is named by its code alone
NEUTRAL = "everyone"  # the picture of sensitive items, and of everything without a drawing
# PNG, 1200 × 630 pixels, without words: one for each topic and audience with a drawing (tools/draw_cards.py).
PICTURES = frozenset(path.stem for path in Path(settings.BASE_DIR, "static/img/cards").glob("*.png"))


@dataclass(frozen=True)
class Card:
    """The picture of a preview: its absolute address, kind and size, and what it shows (empty: nothing to read)."""

    url: str
    type: str = "image/png"
    width: int = 1200
    height: int = 630
    alt: str = ""


@dataclass(frozen=True)
class Preview:
    """The data that ``education/_preview.html`` renders. ``language`` is the one of the texts."""

    title: str
    description: str
    url: str
    picture: Card
    language: str
    kind: str = "website"

    @property
    def locale(self) -> str:
        """Return the language in Open Graph notation."""
        return _locale(self.language)

    @property
    def other_locales(self) -> list[str]:
        """Return the other languages of the site."""
        return [_locale(code) for code in LANGUAGES if code != self.language]


def preview_of_page(url: str) -> Preview:
    """Return the preview of a page without an item, with the site's general texts."""
    return _neutral(settings.SITE_NAME or _("Safety Center"), url)


def preview_of(item: Bilingual) -> Preview:
    """Return the preview of ``item``."""
    if getattr(item, "sensitive", False):
        title = _("Help") if isinstance(item, Page) else _("Guides")
        return _neutral(title, urls_for.absolute(urls_for.url_of(item, get_language())))
    words = item.localized
    title = words.name if isinstance(item, Audience) else words.title
    text = words.short_answer if isinstance(item, Guide | Lesson | Page | Platform) else words.summary
    url = urls_for.absolute(urls_for.canonical_path(item, words.language))
    kind = "article" if isinstance(item, Guide | News) else "website"
    return Preview(title, text, url, picture_of(item), words.language, kind)


def picture_of(item: Bilingual) -> Card:
    """Return the picture of ``item``: its cover, else the drawing of its topic or audience, if it has one."""
    cover = item.shown_cover if isinstance(item, Guide) else None
    if cover and (file := pictures.card(cover)):
        alt = "" if cover.decorative else item.localized.cover_alt
        return Card(urls_for.absolute(pictures.address(file)), file.content_type, file.width, file.height, alt)
    return _drawing_of(item)


def _drawing_of(item: Bilingual) -> Card:
    about = item.topic if isinstance(item, Guide | Quiz) else item
    if any(getattr(each, "sensitive", False) for each in (item, about)):
        return _picture(NEUTRAL)
    if isinstance(item, Lesson):
        return _picture("educators")
    return _picture(about.key if isinstance(about, Topic | Audience) else NEUTRAL)


def _locale(language: str) -> str:
    return LOCALES.get(language, language)


def _picture(key: str) -> Card:
    return Card(urls_for.absolute(static(f"img/cards/{key if key in PICTURES else NEUTRAL}.png")))


def _neutral(title: str, url: str) -> Preview:
    text = _("Short guides, helplines and a place to report. No name needed. You decide.")
    return Preview(title, text, url, _picture(NEUTRAL), get_language())
