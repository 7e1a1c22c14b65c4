"""The form is open, and a reporter has started it."""

import pytest

from .reporter import Reporter


@pytest.fixture
def demo(categories, in_demo, remembered):
    """The form is open."""


@pytest.fixture
def reporter(demo):
    """A reporter who answered that they are safe."""
    someone = Reporter()
    someone.begin()
    return someone
