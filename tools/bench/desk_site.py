"""The site, with as many rows in a list of cases as the request asks for: only for measuring.

A view that holds eight of a thousand cases and hundreds of a million has a longer page there, which is no growth. Both
are therefore asked for the same number of rows.
"""

from safetycenter.wsgi import application as site  # first, because it configures Django

from reports.triage import data_requests, paging  # isort: skip

ROWS = "HTTP_X_BENCH_ROWS"


def application(environ, start_response):
    """Serve one request. The bench sends one at a time."""
    paging.PAGE = data_requests.SHOWN = int(environ.get(ROWS) or 25)
    return site(environ, start_response)
