"""Styles are collected once for each version, again whenever that is not sure, and no page is made before."""

import os

import pytest
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError

from safetycenter.management.commands import set_up
from safetycenter.page_cache import collected

MANIFEST = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}


@pytest.fixture
def sources(settings, tmp_path):
    """A folder with a style and a picture, from which STATIC_ROOT is collected as on a real site."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "base.css").write_text("body { color: teal }\n" * 50)
    (folder / "card.png").write_text("a picture")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], tmp_path / "www/static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": MANIFEST}
    return folder


@pytest.fixture
def rounds(sources, monkeypatch):
    """How often Django went through all files."""
    seen, collect = [], collectstatic.Command.collect
    monkeypatch.setattr(collectstatic.Command, "collect", lambda self: seen.append(1) or collect(self))
    return seen


def collect(*options: str) -> None:
    call_command("collectstatic", "--no-input", "-v0", *options)


def served(settings, name: str) -> str:
    """What a page that names this file gets."""
    return (settings.STATIC_ROOT / storages["staticfiles"].stored_name(name)).read_text()


def test_styles_are_collected_once_for_each_version(rounds, monkeypatch):
    collect()
    collect()
    assert rounds == [1]
    monkeypatch.setattr(collected, "_own_files", lambda: "another version")
    assert not collected.is_stamped()
    collect()
    assert rounds == [1, 1]


def test_changed_source_of_a_package_is_collected(sources, settings):
    collect()
    (sources / "base.css").write_text("body { color: red }")
    collect()
    assert "red" in served(settings, "base.css")


def test_source_older_than_its_copy_is_collected(sources, settings):
    collect()
    (sources / "base.css").write_text("body { color: red }")
    os.utime(sources / "base.css", (0, 0))
    collect()
    assert "red" in served(settings, "base.css")


def test_emptied_folder_is_filled_again(rounds, settings):
    collect()
    for path in list(settings.STATIC_ROOT.glob("[!.]*")):  # as `rm -rf static/*` does, which leaves the stamp
        path.unlink()
    collect()
    assert served(settings, "card.png") == "a picture"


def test_damaged_file_is_collected_again(sources, settings):
    collect()
    name = storages["staticfiles"].stored_name("card.png")
    (settings.STATIC_ROOT / name).write_text("a pict")
    collect()
    assert served(settings, "card.png") == "a picture"


def test_file_beside_the_collected_ones_changes_nothing(rounds, settings):
    collect()
    (settings.STATIC_ROOT / "ads.txt").write_text("of the operator")
    collect()
    assert rounds == [1]


def test_interrupted_run_is_done_again(rounds, settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(StaticFilesStorage, "_save", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            collect()
    assert not collected.is_current()
    collect()
    assert rounds == [1, 1]
    assert served(settings, "card.png") == "a picture"


def _interrupted(storage, name, content):
    path = storage.location + "/" + name
    with open(path, "w") as file:
        file.write("a")  # a part of it, newer than its source
    raise KeyboardInterrupt


def test_styles_of_a_demo_are_collected_again_for_a_site(rounds, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    collect()
    settings.STORAGES = settings.STORAGES | {"staticfiles": MANIFEST}
    collect()
    assert rounds == [1, 1]
    assert "teal" in served(settings, "base.css")


def test_part_of_the_styles_leaves_no_stamp(sources):
    collect("--dry-run")
    collect("--ignore", "*.css")
    assert not collected.is_stamped()


def test_collected_files_are_readable_for_nginx(sources, settings):
    before = os.umask(0o077)
    collect()
    os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in settings.STATIC_ROOT.rglob("*.css*")}
    assert modes == {0o644}


def test_folder_that_cannot_be_written_is_one_sentence(sources, settings):
    settings.STATIC_ROOT = sources / "base.css/static"
    with pytest.raises(CommandError, match="STATIC_ROOT"):
        collect()


@pytest.mark.django_db
def test_set_up_collects_styles_that_pages_name(rounds, monkeypatch):
    monkeypatch.setattr(set_up.Command, "_prepare_tables", lambda self: None)
    call_command("set_up")
    call_command("set_up")
    assert rounds == [1]
