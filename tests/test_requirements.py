"""Requirement files: every package is pinned and has hashes, no index is named, and the lists agree."""

import re

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LISTS = ("requirements", "requirements-extra", "requirements-dev", "requirements-tools", "requirements-bench")


def text(name: str) -> str:
    return (settings.BASE_DIR / name).read_text()


def entries(name: str) -> list[Requirement]:
    """The packages that a file names, without options, comments and hashes."""
    lines = re.sub(r" \\\n\s+--hash=\S+", "", text(name)).splitlines()
    return [Requirement(line.split(" #")[0]) for line in (raw.strip() for raw in lines) if line and line[0] not in "#-"]


def pins(name: str) -> dict[str, str]:
    """Version by package."""
    return {canonicalize_name(entry.name): str(entry.specifier) for entry in entries(name)}


@pytest.mark.parametrize("name", LISTS)
def test_requirements_are_pinned_and_have_hashes(name):
    blocks = [block for block in re.split(r"\n(?=\S)", text(f"{name}.txt")) if block[0] not in "#\n"]
    assert len(blocks) > 10
    assert [
        block for block in blocks if not re.match(r"[a-z0-9-]+==\S+ .*\\\n +--hash=sha256:[0-9a-f]{64}", block)
    ] == []


@pytest.mark.parametrize("name", LISTS)
def test_requirements_name_no_index(name):
    for file in (f"{name}.in", f"{name}.txt"):
        assert re.findall(r"https?:|--index|--extra-index|--find-links|-i ", text(file)) == []


@pytest.mark.parametrize("name", LISTS)
def test_requirements_hold_what_was_asked_for(name):
    asked = pins(f"{name}.in")
    assert asked
    assert asked.items() <= pins(f"{name}.txt").items(), "make lock"


def test_requirements_of_tests_hold_those_of_the_site():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items(), "make lock"
