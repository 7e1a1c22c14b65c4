"""Where an item lives. Models know no addresses; views, feeds and templates ask here."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from education.models import Audience, Guide, Helpline, Lesson, News, Page, Quiz, SlugRedirect, Term, Topic
from education.models.bilingual import LANGUAGES, Bilingual

_NAMES = {Guide: "guide", Topic: "topic", Audience: "audience", News: "news_item", Quiz: "quiz", Lesson: "lesson"}
# The neutral address of what is sensitive, and the column that stands in it.
_NUMBERED = {
    Guide: ("guide_by_number", "number"),
    Quiz: ("quiz_by_number", "number"),
    Topic: ("topic_by_number", "pk"),
}


def page_name(key: str) -> str:
    """The URL name of the fixed page ``key``."""
    return f"education:{key.replace('-', '_')}"


def has_page(item: Bilingual) -> bool:
    """Whether ``item`` has a page of its own; words and organisations stand on one page together."""
    return isinstance(item, Page) or type(item) in _NAMES


def slug_in(item: Bilingual, language: str) -> str:
    """The slug under which ``item`` is reached in ``language``: its own there, else that of the language shown."""
    return item.text("slug", language) or item.text("slug", item.language_shown(language))


def canonical_path(item: Bilingual, language: str) -> str:
    """The address of ``item`` that search engines know, in ``language``."""
    with override(language):
        if isinstance(item, Page):
            return reverse(page_name(item.key))
        return reverse(f"education:{_NAMES[type(item)]}", args=[slug_in(item, language)])


def url_of(item: Bilingual, language: str) -> str:
    """The address for links inside the site: a sensitive item by its number, which says nothing (H9)."""
    if type(item) in _NUMBERED and item.sensitive:
        name, column = _NUMBERED[type(item)]
        with override(language):
            return reverse(f"education:{name}", args=[getattr(item, column)])
    return canonical_path(item, language)


def all_urls(item: Bilingual) -> set[str]:
    """All addresses by which a link may lead to ``item``: readable and neutral, of today and before."""
    if isinstance(item, Page):
        return set(of_name(page_name(item.key)).values())
    slugs = {slug for slug in (item.slug_ind, item.slug_en, *SlugRedirect.objects.slugs_of(item)) if slug}
    paths = {path for slug in slugs for path in of_name(f"education:{_NAMES[type(item)]}", slug).values()}
    if type(item) in _NUMBERED:
        name, column = _NUMBERED[type(item)]
        paths |= set(of_name(f"education:{name}", getattr(item, column)).values())
    return paths


def anchor_of(item: Term | Helpline) -> str:
    """Its place on the page of its kind: a number, because the anchor stays in the browser's history too (H9)."""
    return f"n{item.pk}"


def url_of_part(part: str, guide: Guide, language: str) -> str:
    """The address of the ``handout`` or the ``easy`` version of ``guide``; of a sensitive one by its number."""
    with override(language):
        if guide.sensitive:
            return reverse(f"education:{part}_by_number", args=[guide.number])
        return reverse(f"education:{part}", args=[slug_in(guide, language)])


def per_language(path_in: Callable[[str], str]) -> dict[str, str]:
    """``{language: path}`` for the language switch, from a function that gives the path in one language."""
    return {language: path_in(language) for language in LANGUAGES}


def of_name(name: str, *args: str | int) -> dict[str, str]:
    """``{language: path}`` of the page that is called ``name``, such as ``education:home``."""

    def path_in(language: str) -> str:
        with override(language):
            return reverse(name, args=args)

    return per_language(path_in)


def with_default(alternates: dict[str, str]) -> dict[str, str]:
    """``alternates`` with the original named for readers of any other language, where there is more than one."""
    return alternates | ({"x-default": next(iter(alternates.values()))} if len(alternates) > 1 else {})


def absolute(path: str) -> str:
    """``path`` with the public scheme and host in front."""
    return f"{settings.PUBLIC_URL}{path}"
