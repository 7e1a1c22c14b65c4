"""Addresses of items. Models do not know their addresses; views, feeds and templates call this module."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from education.models import Audience, Guide, Helpline, Lesson, News, Page, Platform, Quiz, SlugRedirect, Term, Topic
from education.models.bilingual import LANGUAGES, Bilingual

_NAMES = {
    Guide: "guide",
    Topic: "topic",
    Audience: "audience",
    News: "news_item",
    Quiz: "quiz",
    Lesson: "lesson",
    Platform: "platform",
}
# The neutral address of sensitive items, and the column used in it.
_NUMBERED = {
    Guide: ("guide_by_number", "number"),
    Quiz: ("quiz_by_number", "number"),
    Topic: ("topic_by_number", "pk"),
}


def page_name(key: str) -> str:
    """Return the URL name of the fixed page ``key``."""
    return f"education:{key.replace('-', '_')}"


def has_page(item: Bilingual) -> bool:
    """Return whether ``item`` has a separate page. Glossary words and organisations share one page each."""
    return isinstance(item, Page) or type(item) in _NAMES


def slug_in(item: Bilingual, language: str) -> str:
    """Return the slug of ``item`` in ``language``, or else that of the language in which it is shown."""
    return item.text("slug", language) or item.text("slug", item.language_shown(language))


def canonical_path(item: Bilingual, language: str) -> str:
    """Return the canonical address of ``item`` in ``language``, for search engines."""
    with override(language):
        if isinstance(item, Page):
            return reverse(page_name(item.key))
        return reverse(f"education:{_NAMES[type(item)]}", args=[slug_in(item, language)])


def url_of(item: Bilingual, language: str) -> str:
    """Return the address for links within the site: by number for a sensitive item, which reveals nothing (H9)."""
    if type(item) in _NUMBERED and item.sensitive:
        name, column = _NUMBERED[type(item)]
        with override(language):
            return reverse(f"education:{name}", args=[getattr(item, column)])
    return canonical_path(item, language)


def all_urls(item: Bilingual) -> set[str]:
    """Return all addresses that link to ``item``: readable and neutral, current and former."""
    if isinstance(item, Page):
        return set(urls_of_name(page_name(item.key)).values())
    own = (item.text("slug", language) for language in LANGUAGES)
    slugs = {slug for slug in (*own, *SlugRedirect.objects.slugs_of(item)) if slug}
    paths = {path for slug in slugs for path in urls_of_name(f"education:{_NAMES[type(item)]}", slug).values()}
    if type(item) in _NUMBERED:
        name, column = _NUMBERED[type(item)]
        paths |= set(urls_of_name(f"education:{name}", getattr(item, column)).values())
    return paths


def anchor_of(item: Term | Helpline) -> str:
    """Return the anchor on the page of its kind: a number, because anchors stay in the browser's history too (H9)."""
    return f"n{item.pk}"


def url_of_part(part: str, guide: Guide, language: str) -> str:
    """Return the address of the ``handout`` or ``easy`` version of ``guide``; by number for a sensitive guide."""
    with override(language):
        if guide.sensitive:
            return reverse(f"education:{part}_by_number", args=[guide.number])
        return reverse(f"education:{part}", args=[slug_in(guide, language)])


def per_language(path_in: Callable[[str], str]) -> dict[str, str]:
    """Return ``{language: path}`` for the language switch; ``path_in`` returns the path in one language."""
    return {language: path_in(language) for language in LANGUAGES}


def urls_of_name(name: str, *args: str | int) -> dict[str, str]:
    """Return ``{language: path}`` of the page with the URL name ``name``, such as ``education:home``."""

    def path_in(language: str) -> str:
        with override(language):
            return reverse(name, args=args)

    return per_language(path_in)


def with_default(alternates: dict[str, str]) -> dict[str, str]:
    """Add the original as ``x-default`` to ``alternates``, if there is more than one language."""
    return alternates | ({"x-default": next(iter(alternates.values()))} if len(alternates) > 1 else {})


def absolute(path: str) -> str:
    """Return ``path`` with the public scheme and host."""
    return f"{settings.PUBLIC_URL}{path}"
