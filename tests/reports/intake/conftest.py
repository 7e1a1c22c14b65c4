"""The form is open, and someone has begun."""

import pytest

from .reporter import Reporter


@pytest.fixture
def demo(settings, categories):
    """The form is open."""
    settings.DEBUG = True


@pytest.fixture
def reporter(demo):
    """Has said that they are safe."""
    someone = Reporter()
    someone.begin()
    return someone
