"""Whose words the sources are: each has its mark, and a guide rests on enough of them (`make check-content` counts)."""

from collections import Counter
from collections.abc import Iterator

from education.models.sources import Mark
from education.publishing.checks.sources import are_enough
from tools.check_content.content import Content, Fault, fault, rule

MARKED = ("platforms", "guides")


@rule
def marked(content: Content) -> Iterator[Fault]:
    """A source has a mark, which is the same wherever its address is named."""
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
def enough(content: Content) -> Iterator[Fault]:
    """A guide has at least three sources, of which one is official or two are independent."""
    for guide in content.items("guides"):
        if not are_enough(guide["sources"]):
            yield fault(guide, "sources", "must be three, with one that is official or two by different publishers")


def lines(content: Content) -> Iterator[str]:
    """Yield how many sources have each mark, and the guides without an official one."""
    yield f"sources by mark: {', '.join(Mark.values)}"
    for kind in MARKED:
        found = Counter(source.get("mark", "") for item in content.items(kind) for source in item["sources"])
        yield f"  {kind}: {', '.join(str(found[mark]) for mark in Mark.values)}"
    without = [number for number, guide in sorted(content.guides.items()) if not _has_official(guide)]
    yield f"  guides without an official source: {', '.join(map(str, without)) or 'none'}"


def _has_official(guide: dict) -> bool:
    return any(source.get("mark") == Mark.OFFICIAL for source in guide["sources"])
