"""Guides are whole in both languages, of a length that can be read, and their links lead on."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from django.urls import Resolver404, resolve
from django.utils.translation import override

from education.rendering import rich_text
from education.views.guides import MAX_ON_HOME
from tools.check_content.content import LANGUAGES, READ, Content, Fault, fault, rule, whole

FIRST_TEN = {2, 3, 5, 6, 7, 12, 16, 21, 22, 24}
ODD_ADDRESS = re.compile(r"adobecqms|-develop\b|[?&]lang=|localhost")
BY_SLUG = re.compile(r'href="/(?:id/panduan|en/guides)/[\w-]+/')


@rule
def collection(content: Content) -> Iterator[Fault]:
    """The guides that must exist, and topics and audiences that have guides (K15)."""
    for number in sorted(FIRST_TEN - content.guides.keys()):
        yield Fault("guides/", f"number {number}", "this guide is one of the first ten and is missing")
    for key in sorted(content.topics.keys() ^ {guide["topic"] for guide in content.items("guides")}):
        yield Fault("topics.toml", key, "each topic needs a guide, and each guide a topic that exists")
    for audience in content.items("audiences"):
        theirs = {guide["topic"] for guide in content.items("guides") if audience["key"] in guide["audiences"]}
        if len(theirs) < 3:
            yield fault(audience, "key", f"guides for this audience cover {len(theirs)} topics; at least 3 are needed")


@rule
def whole_guides(content: Content) -> Iterator[Fault]:
    """Title, slug, text, checklist and short answer of a guide in both languages."""
    for guide in content.items("guides"):
        for language in LANGUAGES:
            texts = guide[language]
            sizes = {
                "body, words": (rich_text.word_count(texts["body"]), 400, 900),
                "body, headings": (len(rich_text.render(texts["body"], language).headings), 4, 7),
                "checklist, steps": (len(texts["checklist"]), 4, 7),
                "short_answer, sentences": (len(re.findall(r"[.?](?:\s|$)", texts["short_answer"])), 1, 4),
            }
            for field, (size, least, most) in sizes.items():
                if not least <= size <= most:
                    yield fault(guide, f"{language}.{field}", f"has {size}; {least} to {most} are allowed")
            for field in ("title", "slug"):
                if not texts[field]:
                    yield fault(guide, f"{language}.{field}", "is empty")


@rule
def helplines_sources_review(content: Content) -> Iterator[Fault]:
    """One to five helplines that are not retired, a source, and a date for the next review."""
    for guide in content.items("guides"):
        if not 1 <= len(guide["helplines"]) <= 5:
            yield fault(guide, "helplines", "names no helpline, or more than five")
        for slug in guide["helplines"]:
            if slug not in content.lines or content.lines[slug]["status"] == "retired":
                yield fault(guide, "helplines", f"{slug} does not exist or is retired")
        if not guide["sources"]:
            yield fault(guide, "sources", "no source is named")
        if not isinstance(guide["review_due"], date):
            yield fault(guide, "review_due", "is no date")


@rule
def often_needed(content: Content) -> Iterator[Fault]:
    """What is often needed fills the home page, is never sensitive, and is not for teens alone (K19)."""
    often = [guide for guide in content.items("guides") if guide.get("often_needed")]
    if len(often) != MAX_ON_HOME:
        yield Fault("guides/", "often_needed", f"{len(often)} guides have it; the home page shows {MAX_ON_HOME}")
    for guide in often:
        if guide["sensitive"]:
            yield fault(guide, "often_needed", "a sensitive guide must not be on the home page")
    for audience in sorted({"teens", "parents", "everyone"} - {one for guide in often for one in guide["audiences"]}):
        yield Fault("guides/", "often_needed", f"no guide for the audience {audience} has it")


@rule
def links(content: Content) -> Iterator[Fault]:
    """Links inside the site lead to a page, and to a guide by its number."""
    for kind, language in product(READ, LANGUAGES):
        for item in content.items(kind):
            text = whole(item[language])
            for path in re.findall(r'href="(/[^"#]*)', text):
                if not leads_on(content, path, language):
                    yield fault(item, language, f"the link {path} leads to no page in this language")
            for found in BY_SLUG.findall(text):
                yield fault(item, language, f"{found}: link a guide by its number, /{language}/p/6/")


@rule
def anchors(content: Content) -> Iterator[Fault]:
    """A link to a part of a guide leads to a heading of it."""
    for guide, language in product(content.items("guides"), LANGUAGES):
        known = {anchor for anchor, _heading in rich_text.render(guide[language]["body"], language).headings}
        text = " ".join([*guide[language]["checklist"], guide[language]["body"]])
        for anchor in sorted(set(re.findall(r'href="#([^"]*)"', text)) - known):
            yield fault(guide, f"{language}.body", f"the link #{anchor} leads to no heading of this guide")


def leads_on(content: Content, path: str, language: str) -> bool:
    """Return whether ``path`` is the address of a page in ``language``."""
    try:
        with override(language):
            match = resolve(path)
    except Resolver404:
        return False
    if match.view_name == "education:guide_by_number":
        return match.kwargs["number"] in content.guides
    return match.url_name != "other_language" and path.startswith(f"/{language}/")


@rule
def addresses(content: Content) -> Iterator[Fault]:
    """Sources have plain addresses: no preview servers, no language parameters."""
    named = [(guide, source["url"]) for guide in content.items("guides") for source in guide["sources"]]
    named += [(line, line.get("source_url", "")) for line in content.items("helplines")]
    for item, address in named:
        if ODD_ADDRESS.search(address):
            yield fault(item, "url", f"{address} is no plain address")
