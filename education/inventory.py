"""Every page that readers may open, and its addresses: for search engines and for snapshots."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from education import addresses
from education.models import Audience, Guide, Lesson, News, Page, Quiz, Topic
from education.models.bilingual import Bilingual
from education.models.guide import HEAVY

NAMED = ("home", "guides", "helplines", "emergency", "glossary", "news", "organisations", "quizzes", "lessons")


class Listed(NamedTuple):
    """A page as search engines know it: ``{language: path}``, only languages in which it is written.

    ``changed_on`` is None where nothing tells the day.
    """

    paths: dict[str, str]
    changed_on: date | None = None


def pages() -> list[Listed]:
    """Every page that search engines may know."""
    named = [Listed(addresses.of_name(f"education:{name}")) for name in NAMED]
    return named + [_listed(item) for item in _items()]


def _listed(item: Bilingual) -> Listed:
    own = {code: addresses.own_path(item, code) for code in item.languages()}
    return Listed(own, getattr(item, "changed_on", None))


def paths() -> list[str]:
    """The path of every page, each once: also the neutral ones of sensitive guides, and the parts of each guide."""
    neutral = [addresses.path_to(item, code) for item in _items() for code in item.languages()]
    found = [*pages(), Listed(addresses.of_name("education:saved"))]  # the list of copies: not for search engines
    named = [path for page in found for path in page.paths.values()]
    return list(dict.fromkeys([*named, *neutral, *_parts()]))


def _parts() -> Iterator[str]:
    for guide in Guide.objects.published().defer("body", "checklist"):
        for code in guide.languages():
            yield addresses.path_to_part("handout", guide, code)
            if guide.text("easy", code):
                yield addresses.path_to_part("easy", guide, code)


def _items() -> Iterator[Bilingual]:
    yield from Guide.objects.published().defer(*HEAVY)
    yield from Quiz.objects.published()
    yield from Lesson.objects.published().defer("body", "handout")
    yield from News.objects.published().defer("body")
    yield from Page.objects.published()
    yield from Topic.objects.all()
    yield from Audience.objects.all()
