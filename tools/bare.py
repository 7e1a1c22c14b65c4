"""The baseline for readers' pages in ``make bench``: Django with one view, no middleware, and the same bytes."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="measured only", USE_I18N=False)  # noqa: S106
BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def page(request):
    """Return the bytes of the page, already compressed."""
    return HttpResponse(BODY, headers={"Content-Encoding": "br", "Content-Length": str(len(BODY))})


urlpatterns = [path("<path:any>", lambda request, any: page(request))]
application = get_wsgi_application()
