"""Link previews (Open Graph) for chats and social networks.

For a sensitive page, the preview reveals nothing about its topic, because anyone who looks at the phone sees it (H9,
H26).
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education import urls_for
from education.models import Guide, Lesson, News, Page
from education.models.bilingual import LANGUAGES, Bilingual

from .cards import Card, of_item, of_site

LOCALES = {"id": "id_ID", "en": "en_US"}


@dataclass(frozen=True)
class Preview:
    """The data that ``education/_preview.html`` renders."""

    title: str
    description: str
    url: str
    card: Card
    kind: str = "website"

    @property
    def picture(self) -> str:
        """Return the absolute address of the picture."""
        return urls_for.absolute(self.card.path)

    @property
    def locale(self) -> str:
        """Return the language in Open Graph notation."""
        return LOCALES[self.card.language]

    @property
    def other_locales(self) -> list[str]:
        """Return the other languages of the site."""
        return [LOCALES[code] for code in LANGUAGES if code != self.card.language]


def of_page(url: str) -> Preview:
    """Return the preview of a page without an item, with the site's general texts."""
    return Preview(settings.SITE_NAME or _("Safety Center"), _about_the_site(), url, of_site())


def preview_of(item: Bilingual) -> Preview:
    """Return the preview of ``item``."""
    if getattr(item, "sensitive", False):
        title = _("Help") if isinstance(item, Page) else _("Guides")
        return Preview(title, _about_the_site(), urls_for.absolute(urls_for.url_of(item, get_language())), of_site())
    words, card = item.localized, of_item(item)
    text = item.localized.short_answer if isinstance(item, Guide | Lesson | Page) else item.localized.summary
    url = urls_for.absolute(urls_for.canonical_path(item, words.language))
    return Preview(card.title, text, url, card, "article" if isinstance(item, Guide | News) else "website")


def _about_the_site() -> str:
    return _("Short guides, helplines and a place to report. No name needed. You decide.")
