"""A template variable that is undefined fails the test: Django itself would show nothing.

In the settings of tests, because Django makes its template engines again when a test changes settings.
"""

import sys
from pathlib import Path

from django.conf import settings


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
