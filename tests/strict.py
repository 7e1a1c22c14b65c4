"""What fails every test: an error in the log, and an undefined variable in one of our templates."""

import logging
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines


class Undefined(str):
    """Replaces a missing template variable, and raises an error when one of our own templates shows it."""

    def __contains__(self, part):
        return part == "%s"

    def __mod__(self, variable):
        template = _template_being_rendered()
        if template and template.is_relative_to(settings.BASE_DIR) and "site-packages" not in template.parts:
            raise AssertionError(f"{template.relative_to(settings.BASE_DIR)} shows {variable}, which is undefined")
        return ""


def _template_being_rendered() -> Path | None:
    frame = sys._getframe(2)
    while frame:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            return Path(str(origin))
        frame = frame.f_back
    return None


@pytest.fixture(scope="session", autouse=True)
def undefined_variables_fail():
    """Django shows nothing for an undefined variable; here it fails the test."""
    engines["django"].engine.string_if_invalid = Undefined("undefined")


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
