"""What fails every test: an error in the log. An undefined variable in a template does too (``undefined``)."""

import logging

import pytest


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
