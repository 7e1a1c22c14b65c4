"""The number of the release that this code is. ``pyproject.toml``, which is not installed on a server, has the same."""

VERSION = "0.1.0"
