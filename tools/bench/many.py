"""Run inside a site: fill it up with guides, then say how many queries each kind of page asks, cold and warm.

``python -m tools.bench.many 2000`` prints JSON: ``{path: [cold, warm]}``. For a site made for measuring only.
"""

import io
import json
import os
import sys
from itertools import cycle

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
ADDRESSES = (
    "/id/",
    "/id/panduan/",
    "/id/p/6/",
    "/id/topik/dirundung/",
    "/id/untuk/remaja/",
    "/id/bantuan/",
    "/id/darurat/",
)


def main(total: int) -> None:
    """Fill up to ``total`` guides and measure."""
    django.setup()
    from education.models import Guide

    fill(total - Guide.objects.count())
    sys.stdout.write(json.dumps({path: queries(path) for path in ADDRESSES}))


def fill(missing: int) -> None:
    """``missing`` more published guides, copies of the starter ones under other names."""
    from education.models import Guide

    first = 1000 + Guide.objects.count()
    models, made = list(Guide.objects.order_by("number")), []
    for number, model in zip(range(first, first + missing), cycle(models), strict=False):
        copy = {field.attname: getattr(model, field.attname) for field in Guide._meta.concrete_fields}
        own = {"id": None, "number": number, "slug_ind": f"panduan-{number}", "slug_en": f"guide-{number}"}
        made.append(Guide(**(copy | own)))
    Guide.objects.bulk_create(made, batch_size=200)


def queries(path: str) -> list[int]:
    """How many queries a first and a second visit ask, the poll of the generation among them."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from safetycenter.published_page import GenerationPoll, PublishedPages

    portal = PublishedPages(get_wsgi_application(), poll=GenerationPoll(lambda: 1, every=3600))
    counts = []
    for _visit in range(2):
        with CaptureQueriesContext(connection) as asked:
            statuses = []
            portal(environ(path), lambda status, *_rest, statuses=statuses: statuses.append(status))
        if statuses != ["200 OK"]:
            raise ValueError(f"{path}: {statuses}")
        counts.append(len(asked))
    return counts


def environ(path: str) -> dict:
    """A visitor's request."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
