"""Run inside a site: fill it with guides, then print how many queries each kind of page runs, cold and warm.

``python -m tools.bench.many 2000`` prints JSON: ``{path: [cold, warm]}``. Only for a site made for measuring.
"""

import io
import json
import os
import sys
from itertools import cycle

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
FEW, MANY = 20, 2000
SEARCH = "/id/cari/?q=dibully"  # never stored: what was searched for stays nowhere (safety rule H9)
ADDRESSES = (
    "/id/",
    "/id/panduan/",
    "/id/p/6/",
    "/id/panduan/dibully-online/",
    "/id/panduan/dibully-online/lembar-kelas/",
    "/id/panduan/dibully-online/mudah-dibaca/",
    "/id/topik/dirundung/",
    "/id/untuk/remaja/",
    "/id/bantuan/",
    "/id/darurat/",
    "/id/glosarium/",
    "/id/coba/",
    "/id/coba/pesan-mana-yang-aman/",
    "/id/rencana-ajar/",
    "/id/rencana-ajar/kata-sandi-dan-privasi/",
    "/id/berita/",
    "/id/berita/aturan-akun-di-bawah-16/",
    "/id/lembaga/",
    "/id/tersimpan/",
    "/id/tentang/",
    SEARCH,
)


def main(total: int) -> None:
    """Publish exactly ``total`` guides, and measure."""
    django.setup()
    have(total)
    sys.stdout.write(json.dumps({path: queries(path) for path in ADDRESSES}))


def have(total: int) -> None:
    """Publish exactly ``total`` guides: archive surplus ones, or copy existing ones."""
    from education.models import Guide, State

    models, made = list(Guide.objects.published().order_by("number")), []
    Guide.objects.filter(pk__in=[guide.pk for guide in models[total:]]).update(state=State.ARCHIVED)
    first = 1000 + Guide.objects.count()
    for number, model in zip(range(first, first + total - len(models)), cycle(models), strict=False):
        copy = {field.attname: getattr(model, field.attname) for field in Guide._meta.concrete_fields}
        own = {"id": None, "number": number, "slug_ind": f"panduan-{number}", "slug_en": f"guide-{number}"}
        made.append(Guide(**(copy | own)))
    Guide.objects.bulk_create(made, batch_size=200)


def queries(path: str) -> list[int]:
    """Return how many queries a first and a second visit run, including the one for the cache version.

    A search is the first one of a process that has read what the server reads at its start (``gunicorn.conf.py``).
    """
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from safetycenter.page_cache import per_version
    from safetycenter.page_cache.middleware import CacheVersionPoll, PageCacheMiddleware
    from safetycenter.page_cache.versions import Versions

    portal = PageCacheMiddleware(get_wsgi_application(), poll=CacheVersionPoll(lambda: Versions.whole(1), every=3600))
    counts = []
    if path == SEARCH:
        per_version.warm_up()
    for _visit in range(2):
        with CaptureQueriesContext(connection) as asked:
            read(portal, path)
        counts.append(len(asked))
    return counts


def read(portal, path: str) -> None:
    """Request ``path``. Raises ValueError unless the response is a page."""
    statuses = []
    portal(environ(path), lambda status, *_rest: statuses.append(status))
    if statuses != ["200 OK"]:
        raise ValueError(f"{path}: {statuses}")


def environ(path: str) -> dict:
    """Return the WSGI environment of a visitor's request. ``path`` may end in ``?query``."""
    path, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
