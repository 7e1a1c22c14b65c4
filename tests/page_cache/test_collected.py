"""Styles are collected once for each version, and no page is made before."""

import pytest
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command

from safetycenter.page_cache import collected


@pytest.fixture
def rounds(settings, tmp_path, monkeypatch):
    """An empty STATIC_ROOT, and how often Django went through all files."""
    settings.STATIC_ROOT, seen = tmp_path, []
    monkeypatch.setattr(collectstatic.Command, "handle", lambda *_, **options: seen.append(1))
    return seen


def collect(*options: str) -> None:
    call_command("collectstatic", "--no-input", *options)


def test_styles_are_collected_once_for_each_version(rounds, monkeypatch):
    collect()
    collect()
    assert rounds == [1]
    monkeypatch.setattr(collected, "_own_files", lambda: "another version")
    assert not collected.is_stamped()
    collect()
    assert rounds == [1, 1]


def test_styles_of_an_emptied_folder_are_collected_again(rounds, tmp_path):
    collect()
    (tmp_path / collected.STAMP_FILE).unlink()
    collect()
    collect("--clear")
    assert rounds == [1, 1, 1]


def test_part_of_the_styles_leaves_no_stamp(rounds):
    collect("--dry-run")
    collect("--ignore", "*.css")
    assert not collected.is_stamped()
