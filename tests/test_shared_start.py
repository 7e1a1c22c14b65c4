"""What the main process of a server reads for its workers, and what none of them loads."""

import subprocess
import sys

import pytest
import snowballstemmer
from django.conf import settings

from education.search import snowball, stems
from reports.self_harm import detector
from safetycenter import shared_start
from safetycenter.page_cache.build import build_id


def test_what_never_changes_is_read_without_the_database():
    kept = (stems._dictionary, stems._sastrawi, detector._phrases, detector.any_of, build_id)
    for one in kept:
        one.cache_clear()
    shared_start.read()  # pytest-django refuses the database here
    assert all(one.cache_info().currsize for one in kept)


@pytest.mark.logs_errors
@pytest.mark.safety("H1")
def test_what_cannot_be_read_ends_neither_the_server_nor_the_other_readers(monkeypatch, caplog):
    read = []
    monkeypatch.setattr(shared_start, "_readers", [lambda: 1 / 0, lambda: read.append("the next one")])
    shared_start.read()
    assert read == ["the next one"]
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_english_stems_are_those_of_the_whole_package():
    whole = snowballstemmer.stemmer("english")
    words = ("bullying", "bullied", "blackmail", "pictures", "hurting", "girlfriend's", "lies", "generously")
    assert [stems.stem(word, "en") for word in words] == [whole.stemWord(word).replace("'", "") for word in words]


def test_missing_stemmer_is_noticed_when_the_site_starts(monkeypatch):
    monkeypatch.setattr(snowball.util, "find_spec", lambda _name: None)
    with pytest.raises(ModuleNotFoundError, match="snowballstemmer"):
        snowball._english()


def test_other_languages_of_the_stemmer_are_not_loaded():
    code = "import django, sys; django.setup(); import education.search; print(*sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": "safetycenter.settings", "DEBUG": "1", "VAR_DIR": str(settings.VAR)}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "education.search.stems" in found
    assert not [name for name in found if name.endswith("_stemmer") and "english" not in name]
