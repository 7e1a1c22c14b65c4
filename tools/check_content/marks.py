"""Whose words the sources are: each has its mark, and a guide rests on enough of them (`make check-content` counts)."""

import re
from collections import Counter
from collections.abc import Iterator

from education.models.sources import Mark
from education.publishing.checks.sources import are_enough, independent_publishers
from tools.check_content.content import LANGUAGES, Content, Fault, fault, rule

MARKED = ("platforms", "guides")
STRONGEST_FIRST = (Mark.OFFICIAL, Mark.PRESS, Mark.OTHER)
SECOND = re.compile(r"\s*\((?:second|third) source\)$")


@rule
def marked(content: Content) -> Iterator[Fault]:
    """A source has a mark, which is the same wherever its address is named.

    What is from memory, or doubtful, has no mark, and so no source with such a mark can be shipped.
    """
    seen: dict[str, str] = {}
    for kind in MARKED:
        for item in content.items(kind):
            for source in item["sources"]:
                mark = source.get("mark", "")
                if mark not in Mark.values:
                    yield fault(item, "sources.mark", f'"{mark}" of {source["url"]} is no mark')
                elif seen.setdefault(source["url"], mark) != mark:
                    yield fault(item, "sources.mark", f"{source['url']} is {seen[source['url']]} elsewhere")


@rule
def says_what(content: Content) -> Iterator[Fault]:
    """A source of an app or a guide says in both languages which fact it supports."""
    for kind in MARKED:
        for item in content.items(kind):
            for source in item["sources"]:
                if not all(source.get(f"title_{language}") for language in LANGUAGES):
                    yield fault(item, "sources.title", f"{source['url']} does not say which fact it supports")


@rule
def enough(content: Content) -> Iterator[Fault]:
    """A guide has at least three sources, of which one is official or two are independent."""
    for guide in content.items("guides"):
        if not are_enough(guide["sources"]):
            yield fault(guide, "sources", "must be three, with one that is official or two by different publishers")


def facts(item: dict) -> dict[str, str]:
    """Return each fact that the sources of an item say they support, with the strongest mark among these sources.

    Two sources that name the same fact count once, also where the second one says so: "SAPA 129 (second source)".
    """
    found: dict[str, str] = {}
    for mark in STRONGEST_FIRST:
        for source in item["sources"]:
            if source.get("mark") == mark:
                found.setdefault(SECOND.sub("", source["title_en"]).casefold(), mark)
    return found


def lines(content: Content) -> Iterator[str]:
    """Yield how many sources and facts have each mark, and the guides without an official one."""
    counts = {kind: [Counter(source.get("mark", "") for source in _sources(content, kind))] for kind in MARKED}
    for kind in MARKED:
        counts[kind].append(Counter(mark for item in content.items(kind) for mark in facts(item).values()))
    for place, name in enumerate(("sources", "facts that a source supports")):
        yield f"{name} by mark: {', '.join(Mark.values)}"
        for kind in MARKED:
            yield f"  {kind}: {', '.join(str(counts[kind][place][mark]) for mark in Mark.values)}"
    without = [
        f"{number} (independent: {independent_publishers(guide['sources'])})"
        for number, guide in sorted(content.guides.items())
        if Mark.OFFICIAL not in facts(guide).values()
    ]
    yield f"  guides without an official source: {', '.join(without) or 'none'}"


def _sources(content: Content, kind: str) -> Iterator[dict]:
    for item in content.items(kind):
        yield from item["sources"]
