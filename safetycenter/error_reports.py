"""Errors to Sentry, off unless SENTRY_DSN is set, with nothing but types and lines of code.

Sentry's library collects requests, values of variables and the lines of a log. On this site each of them can contain a
reporter's words or address. So nothing is removed from what it collected: a new event is made from a short list.
"""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEPT = ("event_id", "timestamp", "level", "platform", "release", "environment")
PLACE = ("module", "function", "lineno")


def start(dsn: str) -> None:
    """Send errors that are logged to ``dsn``. Raises ImproperlyConfigured if the library is not installed."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.logging import LoggingIntegration
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN is set, but the package sentry-sdk is not installed.") from error
    sentry_sdk.init(
        dsn=dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        server_name="",
        send_client_reports=False,
        auto_session_tracking=False,
        before_send=scrub,  # type: ignore[arg-type]
    )


def scrub(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Return a new event with the types of the errors and the lines of code; messages and values are left out."""
    errors = (event.get("exception") or {}).get("values") or []
    scrubbed = {name: event[name] for name in KEPT if name in event}
    return scrubbed | {"logger": event.get("logger", ""), "exception": {"values": [_error(one) for one in errors]}}


def _error(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    places = [{name: frame[name] for name in PLACE if name in frame} for frame in frames]
    return {"type": error.get("type"), "value": "", "stacktrace": {"frames": places}}
