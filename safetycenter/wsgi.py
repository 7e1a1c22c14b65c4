"""The WSGI application: published pages from the cache first, Django behind them."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import translation
from django.utils.autoreload import file_changed

from .page_cache.build import build_id
from .page_cache.middleware import PageCacheMiddleware

application = PageCacheMiddleware(get_wsgi_application())
# Views and catalogues, which Django would read with the first request: so early, all workers of a server share them.
for language, _name in settings.LANGUAGES:
    with translation.override(language):
        translation.gettext("")
        get_resolver().reverse_dict  # noqa: B018 (imports the URLs, and their translated paths are kept)


def clear_page_store(**_signal: Any) -> None:
    """Drop cached pages: on the development server a changed template is a new build without a restart."""
    build_id.cache_clear()
    application.store.clear()


file_changed.connect(clear_page_store)
