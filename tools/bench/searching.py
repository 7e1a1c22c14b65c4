"""Run inside a site full of guides: how long searches take, and a page that fetches one guide by its key.

``python -m tools.bench.searching`` prints JSON: ``{"search": milliseconds, "page": milliseconds}``, both the 95th of a
hundred. Both go through the whole application, without the page store.
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
    """Fill up to ``total`` guides, index them, and measure in turns."""
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from education.models import Guide
    from education.search.documents import refresh_all
    from safetycenter import limits

    limits.Limit.hit = lambda *_counted: True  # all visitors are one here
    many.fill(total - Guide.objects.count())
    refresh_all()
    portal, typed = get_wsgi_application(), _typed()
    for text in typed:
        _milliseconds(portal, "/id/cari/", text)  # roots are kept by a process; the first visitor pays for them
    times = {"search": [], "page": []}
    for text in islice(cycle(typed), ROUNDS):
        times["search"].append(_milliseconds(portal, "/id/cari/", text))
        times["page"].append(_milliseconds(portal, "/id/p/6/"))
    sys.stdout.write(json.dumps({name: statistics.quantiles(found, n=20)[-1] for name, found in times.items()}))


def _typed() -> list[str]:
    return [text for family in tomllib.loads(FAMILIES.read_text())["id"] for text in family["typed"]]


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
