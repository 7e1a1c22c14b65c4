"""What fails every test: an error in the log, and an answer that WSGI does not allow.

An undefined variable in a template does too (``undefined``).
"""

import logging
from http.client import responses
from wsgiref import validate

import pytest
from django.core.handlers.base import BaseHandler
from django.core.servers.basehttp import ServerHandler, ThreadedWSGIServer
from django.test.testcases import LiveServerThread


@pytest.fixture(autouse=True)
def logged_errors_fail(request, monkeypatch):
    """Fails the test on an error in the log, from any thread, unless it is marked ``logs_errors``."""
    errors: list[str] = []
    pass_on = logging.Logger.callHandlers

    def keep_errors(logger, record):
        if record.levelno >= logging.ERROR:
            errors.append(logging.Formatter("%(name)s: %(message)s").format(record))
        pass_on(logger, record)

    # Not a handler: code that configures logging again during the test would remove it.
    monkeypatch.setattr(logging.Logger, "callHandlers", keep_errors)
    yield
    if errors and not request.node.get_closest_marker("logs_errors"):
        pytest.fail("Logged as an error:\n" + "\n".join(errors), pytrace=False)


class CheckingServer(ThreadedWSGIServer):
    """The server of journeys, which checks status, headers and body of each answer by the rules of WSGI."""

    def set_app(self, application):
        """Serve ``application`` inside the checks."""
        super().set_app(validate.validator(application))


@pytest.fixture(scope="session", autouse=True)
def answers_are_valid():
    """Check what Django's test client gets, and what journeys get from the live server.

    Django's client takes a header that is not exactly ``str``, such as an enum or a ``SafeString``, and gunicorn turns
    it into one; the server of ``make run`` answers with 500.
    """
    respond = BaseHandler.get_response

    def respond_checked(handler, request):
        response = respond(handler, request)
        status = f"{response.status_code} {responses.get(response.status_code, '')}"
        validate.check_headers(headers := [*response.items()])
        validate.check_content_type(status, headers)
        return response

    def log_exception(_handler, exc_info):  # which Django prints on a terminal that no test reads
        logging.getLogger("tests.server").error("No answer could be sent: %s", exc_info[1], exc_info=exc_info)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", respond_checked)
        patch.setattr(LiveServerThread, "server_class", CheckingServer)
        patch.setattr(ServerHandler, "log_exception", log_exception)
        yield
