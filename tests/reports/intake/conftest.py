"""The form is open, and a reporter has started it."""

import pytest

from .reporter import Reporter


@pytest.fixture
def demo(settings, categories):
    """The form is open."""
    settings.DEBUG = True


@pytest.fixture
def reporter(demo):
    """A reporter who answered that they are safe."""
    someone = Reporter()
    someone.begin()
    return someone
