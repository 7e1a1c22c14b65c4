"""List every public page and its addresses, for search engines and for snapshots."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.urls import reverse

from education import urls_for
from education.library import uses
from education.models import Audience, Guide, Lesson, News, Page, Platform, Quiz, Topic
from education.models.bilingual import LANGUAGES, Bilingual
from education.models.guide import LARGE_FIELDS
from education.models.platform import SECTIONS

NAMED_PAGES = (
    *("home", "guides", "helplines", "emergency", "glossary", "news", "organisations", "quizzes", "lessons"),
    *("transparency", "school_poster", "platforms", "compare_platforms"),
)
# The public models, each with the columns that a list of addresses does not need.
_MODELS = {
    Topic: (),
    Audience: (),
    Guide: LARGE_FIELDS,
    Quiz: (),
    Lesson: ("body", "handout"),
    News: ("body",),
    Page: (),
    Platform: SECTIONS,
}


class PublicPage(NamedTuple):
    """A page as search engines know it: ``{language: path}``, only languages in which it is written.

    ``changed_on`` is None if no date is known.
    """

    paths: dict[str, str]
    changed_on: date | None = None


def pages() -> list[PublicPage]:
    """Return every page that search engines may index."""
    named = [PublicPage(urls_for.urls_of_name(f"education:{name}")) for name in NAMED_PAGES]
    return named + [_public_page(item) for item in _items()]


def _public_page(item: Any) -> PublicPage:
    own = {code: urls_for.canonical_path(item, code) for code in item.languages()}
    return PublicPage(own, item.changed_on)


def paths() -> dict[str, str]:
    """Return every path once, with a digest of the item shown; empty for pages without an item.

    If the item has an end time, that follows the digest after a space. The result includes the neutral addresses of
    sensitive guides, the parts of each guide, and untranslated pages, because readers reach those too, and find the
    other language there. List pages come first.
    """
    named = [urls_for.urls_of_name(f"education:{name}") for name in (*NAMED_PAGES, "saved", "incident_log")]
    found = {path: "" for page in named for path in page.values()}
    for item in _items(whole=True):
        if item.languages():
            found |= dict.fromkeys(_addresses(item), _item_digest(item))
    return found


def files() -> dict[str, str]:
    """Return the path of each picture that a published page shows, with the time at which its last page ends, if any.

    That follows its name after a space, as in :func:`paths`.
    """
    found = uses.public_files()
    return {
        reverse("plain:picture", args=[name]): f"{name} {until.isoformat()}" if until else name
        for name, (_type, until) in found.items()
    }


def _addresses(item: Bilingual) -> Iterator[str]:
    for code in LANGUAGES:
        yield urls_for.canonical_path(item, code)
        yield urls_for.url_of(item, code)
        if isinstance(item, Guide):
            yield urls_for.url_of_part("handout", item, code)
            if item.text("easy", item.language_shown(code)):
                yield urls_for.url_of_part("easy", item, code)


def _item_digest(item: Any) -> str:
    until = item.archive_at
    return f"{_digest(item)} {until.isoformat()}" if until else _digest(item)


def _digest(item: Bilingual) -> str:
    """Return a digest of all columns of ``item``, without related rows such as helplines or sources."""
    translated = item.translated_fields()  # these return the active language; both languages have separate columns
    names = [field.attname for field in item._meta.concrete_fields if field.name not in translated]
    return sha256(repr([getattr(item, name) for name in names]).encode()).hexdigest()[:16]


def _items(*, whole: bool = False) -> Iterator[Any]:
    for model, heavy in _MODELS.items():
        yield from model.objects.published().defer(*(() if whole else heavy))
