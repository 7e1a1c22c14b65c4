"""The number of the release that a server knows is the one of the project."""

import tomllib
from pathlib import Path

from django.conf import settings

from safetycenter.release import VERSION


def test_number_of_the_release_is_that_of_the_project():
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION
