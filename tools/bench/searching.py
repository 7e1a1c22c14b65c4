"""Run inside a site full of guides: measure searches, and a page that fetches one guide by its key.

``python -m tools.bench.searching 2000`` prints JSON: ``{"search": milliseconds, "page": milliseconds, "processor":
milliseconds, "recall": [found, all]}``. Times are the 95th of a hundred, through the whole application without the page
store; ``processor`` is the median processor time of a search in this process. Recall is
measured on the starter guides alone: sixty copies of one guide would leave no room for another in the results.
"""

import json
import statistics
import sys
import time
import tomllib
from itertools import cycle, islice
from pathlib import Path

import django

from . import many

ROUNDS = 200
FAMILIES = Path(__file__).resolve().parent.parent.parent / "tests/education/search_families.toml"


def main(total: int) -> None:
    """Fill the site up to ``total`` guides, index them, and measure in turns."""
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from education.search.documents import refresh_all
    from safetycenter import limits

    limits.Limit.hit = lambda *_counted: True  # all requests here come from one visitor
    recall = _recall()
    many.have(total)
    refresh_all()
    portal, typed = get_wsgi_application(), [text for _guide, text in _typed("id")]
    for text in typed:
        _milliseconds(portal, "/id/cari/", text)  # a process caches word roots; only its first visitor waits for them
    times, processor = {"search": [], "page": []}, []
    for text in islice(cycle(typed), ROUNDS):
        begun = time.process_time()
        times["search"].append(_milliseconds(portal, "/id/cari/", text))
        processor.append((time.process_time() - begun) * 1000)
        times["page"].append(_milliseconds(portal, "/id/p/6/"))
    found = {name: statistics.quantiles(taken, n=20)[-1] for name, taken in times.items()}
    sys.stdout.write(json.dumps(found | {"processor": statistics.median(processor), "recall": recall}))


def _typed(language: str) -> list[tuple[int, str]]:
    families = tomllib.loads(FAMILIES.read_text())[language]
    return [(family["guide"], text) for family in families for text in family["typed"]]


def _recall() -> list[int]:
    """Return how many of the list find their guide among the first three, and its length, in both languages."""
    hits = [guide in _first_guides(text, language) for language in ("id", "en") for guide, text in _typed(language)]
    return [sum(hits), len(hits)]


def _first_guides(text: str, language: str) -> list[int]:
    from education.search import find

    return [one.item.number for one in find(text, language).results if one.kind == "guide"][:3]


def _milliseconds(portal, path: str, text: str = "") -> float:
    from urllib.parse import urlencode

    environ = many.environ(path) | {"QUERY_STRING": urlencode({"q": text}) if text else ""}
    begun = time.perf_counter()
    body = portal(environ, lambda *_answer: None)
    b"".join(body)
    body.close()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
