"""How many links lead to each heading of a text: in the same text, and in published texts elsewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model

from education.models.bilingual import LANGUAGES
from education.publishing.checks.destinations import destination, is_internal
from education.publishing.checks.fragments import LINK_FIELDS, MODELS_WITH_LINKS
from education.rendering import heading_anchors, html_text
from education.translation import column
from safetycenter.page_cache.per_version import per_version


def links_to(item: Model, name: str, texts: Mapping[str, Any]) -> dict[str, int]:
    """Return, by stored anchor, how many links lead to the headings in the column ``name`` of ``item``.

    ``texts`` holds the columns of the item as they are being edited.
    """
    field, language = next(
        ((field, code) for field in LINK_FIELDS for code in LANGUAGES if column(field, code) == name), ("", "")
    )
    if not field:
        return {}
    is_easy, letter = field == "easy", heading_anchors.letter_of(field)
    counts = Counter(_own(texts, language, is_easy))
    for (*page, fragment), number in _elsewhere().items() if item.pk else ():
        if page == [item._meta.model_name, item.pk, language, is_easy]:
            counts[fragment] += number
    return {f"s{fragment[1:]}": number for fragment, number in counts.items() if fragment.startswith(letter)}


def _own(texts: Mapping[str, Any], language: str, is_easy: bool) -> Iterator[str]:
    """Yield the fragment of each link from the page that shows the texts in ``language`` to itself."""
    for field in LINK_FIELDS:
        if (field == "easy") is is_easy:
            for link in html_text.links(texts.get(column(field, language)) or ""):
                parts = urlsplit(link.href)
                if parts.fragment and not (parts.path or parts.netloc):
                    yield parts.fragment


@per_version
def _elsewhere() -> Counter[tuple[str, int, str, bool, str]]:
    """Count the links in published texts to a heading of a page, by its model, key, language, easy or not, anchor."""
    found: Counter[tuple[str, int, str, bool, str]] = Counter()
    for href in _links_with_fragment():
        page = destination(href)
        if page and page.item:
            place = str(page.item._meta.model_name), page.item.pk, page.language, page.name.startswith("easy")
            found[*place, urlsplit(href).fragment] += 1
    return found


def _links_with_fragment() -> Iterator[str]:
    for model in MODELS_WITH_LINKS:
        names = [
            column(field, code) for field in LINK_FIELDS for code in LANGUAGES if hasattr(model, column(field, code))
        ]
        for texts in model.objects.published().values_list(*names):
            links = (link.href for text in texts if text for link in html_text.links(text))
            yield from (href for href in links if urlsplit(href).fragment and is_internal(href))
