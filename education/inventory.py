"""Every page that readers may open, and its addresses: for search engines and for snapshots."""

from collections.abc import Iterator

from education import addresses
from education.models import Audience, Guide, News, Page, Topic
from education.models.bilingual import Bilingual

NAMED = ("home", "guides", "helplines", "emergency", "glossary", "news", "organisations")


def pages() -> list[dict[str, str]]:
    """For each page ``{language: path}``, as search engines know it: only languages in which it is written."""
    named = [addresses.of_name(f"education:{name}") for name in NAMED]
    return named + [{code: addresses.own_path(item, code) for code in item.languages()} for item in _items()]


def paths() -> list[str]:
    """The path of every page, each once, with the neutral ones by which sensitive guides are linked."""
    neutral = [addresses.path_to(item, code) for item in _items() for code in item.languages()]
    return list(dict.fromkeys([path for page in pages() for path in page.values()] + neutral))


def _items() -> Iterator[Bilingual]:
    yield from Guide.objects.published().defer("body", "checklist")
    yield from News.objects.published().defer("body")
    yield from Page.objects.published()
    yield from Topic.objects.all()
    yield from Audience.objects.all()
