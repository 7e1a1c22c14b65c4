"""Run inside a site: fill it with guides, read a part of them once each, and print what the page store keeps.

``python -m tools.bench.storing 2000 5`` reads every fifth of 2,000 guides into a store of a fifth of the size, because
all of them would take minutes. It prints JSON: pages requested, pages kept, their bytes, and the limit.
"""

import json
import sys

import django

from . import many


def main(total: int, part: int) -> None:
    """Publish exactly ``total`` guides, read one in ``part`` of them, and count."""
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from education import urls_for
    from education.models import Guide
    from safetycenter.page_cache.middleware import CacheVersionPoll, PageCacheMiddleware
    from safetycenter.page_cache.store import STORE_BYTES, PageStore
    from safetycenter.page_cache.versions import Versions

    many.have(total)
    store = PageStore(STORE_BYTES // part)
    portal = PageCacheMiddleware(get_wsgi_application(), store, CacheVersionPoll(lambda: Versions.whole(1), every=3600))
    paths = [urls_for.canonical_path(guide, "id") for guide in Guide.objects.published().order_by("number")[::part]]
    for path in paths:
        many.read(portal, path)
    found = {"asked": len(paths), "kept": store.count, "bytes": store.size, "bound": store.limit}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
