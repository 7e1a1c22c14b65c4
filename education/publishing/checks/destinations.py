"""Resolve the links in a text: the page of this site, the item that it shows, and the headings of that item."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from education.models import Audience, Guide, Lesson, News, Page, Platform, Quiz, SlugRedirect, Topic
from education.models.bilingual import has_slug
from education.models.platform import SECTIONS, anchor_of_section
from education.rendering import heading_anchors

_GUIDE_PAGES = dict.fromkeys(("guide", "handout", "easy"), Guide)
_BY_SLUG = _GUIDE_PAGES | {
    "topic": Topic,
    "audience": Audience,
    "news_item": News,
    "quiz": Quiz,
    "lesson": Lesson,
    "platform": Platform,
}
# Anchors that the templates add to a guide page, outside the guide's text.
PAGE_ANCHORS = {"help", "now"}
SECTION_ANCHORS = {"help", *map(anchor_of_section, SECTIONS)}  # of the page of an app


@dataclass(frozen=True)
class Destination:
    """A page of this site. ``item`` is the item that it shows, ``None`` if it shows no single item."""

    name: str
    language: str
    item: Model | None


def is_internal(href: str) -> bool:
    """Return whether ``href`` has a path on this site."""
    parts = urlsplit(href)
    own_host = urlsplit(settings.PUBLIC_URL).netloc
    return bool(parts.path) and parts.scheme not in {"mailto", "tel"} and parts.netloc in {"", own_host}


def is_dead(href: str) -> bool:
    """Return whether ``href`` is a link into this site to nothing that readers can see."""
    return is_internal(href) and destination(href) is None


def destination(href: str) -> Destination | None:
    """Return the page at ``href``, a link into this site, or ``None`` if readers find nothing there."""
    path = urlsplit(href).path
    first = path.strip("/").split("/")[0]
    language = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.url_name == "other_language":
        return None
    if match.namespace != "education" or not _shows_an_item(match):
        return Destination(match.url_name, language, None)
    item = _item(match)
    return item and Destination(match.url_name, language, item)


def anchors_at(href: str) -> set[str] | None:
    """Return the anchors that a link ``href`` into this site may name, or ``None`` if they are not known."""
    page = destination(href)
    if page is not None and isinstance(page.item, Platform):
        return SECTION_ANCHORS
    if page is None or page.item is None or not hasattr(type(page.item), "body"):
        return None
    language = page.item.language_shown(page.language)
    field = "easy" if page.name.startswith("easy") else "body"
    texts = {field: page.item.text(field, language)}
    if field == "body" and isinstance(page.item, Lesson):
        texts["handout"] = page.item.text("handout", language)
    return anchors_of(texts)


def anchors_of(texts: dict[str, str]) -> set[str]:
    """Return the anchors of one page; ``texts`` holds its rich texts by field."""
    found = set(PAGE_ANCHORS)
    for field, html in texts.items():
        letter = heading_anchors.letter_of(field)
        found |= {letter + anchor[1:] for anchor, _text in heading_anchors.headings(html)}
    return found


def _shows_an_item(match: ResolverMatch) -> bool:
    return bool({"number", "pk", "key"} & match.kwargs.keys()) or match.url_name in _BY_SLUG


def _item(match: ResolverMatch) -> Model | None:
    if "number" in match.kwargs:
        numbered = Quiz if match.url_name == "quiz_by_number" else Guide
        return numbered.objects.published().filter(number=match.kwargs["number"]).first()
    if "pk" in match.kwargs:
        return Topic.objects.published().filter(pk=match.kwargs["pk"]).first()
    if "key" in match.kwargs:
        return Page.objects.published().filter(key=match.kwargs["key"]).first()
    return _at(_BY_SLUG[match.url_name], match.kwargs["slug"])


def _at(model: Any, slug: str) -> Model | None:
    seen = model.objects.published()
    by_slug = seen.filter(has_slug(slug)).first()
    return by_slug or seen.filter(pk=SlugRedirect.objects.target_of(model, slug, "")).first()
