"""The site as the process asks it that writes pages for nginx."""

from collections.abc import Iterable

from django.core.handlers.wsgi import WSGIHandler

from .kept_versions import leave_connection_open


def application(environ, start_response) -> Iterable[bytes]:
    """Answer a request in the transaction of the test."""
    leave_connection_open()
    return WSGIHandler()(environ, start_response)
