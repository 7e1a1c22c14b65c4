"""What a cache between readers and the site may keep: pages that are the same for everyone, and nothing of a person."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from education import urls_for
from tests.education import factory
from tests.urls import READERS, REPORTERS, SEARCH, all_urls

LANGUAGES = ("id", "en")
PUBLIC = "public, max-age=60, must-revalidate"
PAGE = settings.BASE_DIR / "docs/scale.md"


def urls_of(names) -> list[str]:
    """The addresses with these names, in both languages."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [url.path for url in all_urls() if url.name in names]
    return found


@pytest.mark.django_db
@pytest.mark.both_databases
def test_no_cache_may_keep_an_answer_to_a_person():
    paths = urls_of(REPORTERS | SEARCH)
    assert len(paths) > 70
    for path in paths:
        for answer in (Client().get(path), Client().post(path, {"q": "ditipu"})):
            assert "no-store" in answer.headers["Cache-Control"], (path, answer.status_code)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_cache_may_keep_pages_that_are_the_same_for_everyone(reader, monkeypatch):
    monkeypatch.setattr(settings, "DEBUG", False)
    guide, kept = factory.guide(topic=factory.topic()), 0
    guide.audiences.add(factory.audience())
    for path in [*urls_of(READERS), urls_for.url_of(guide, "id"), urls_for.url_of(guide, "en")]:
        answer = reader.get(path)
        if answer.status == 200:
            kept += 1
            assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == (PUBLIC, "Accept-Encoding, Save-Data")
            assert "Set-Cookie" not in answer.headers
        else:
            assert "public" not in answer.headers.get("Cache-Control", ""), path
    assert kept > 25


def test_listed_addresses_are_those_of_persons():
    listed = re.search(r"```\n(/\n.*?)```", PAGE.read_text(), re.DOTALL)[1].split()
    private, readers = urls_of(REPORTERS | SEARCH), urls_of(READERS)
    prefixes = [path for path in listed if path != "/"]
    assert [path for path in private if not path.startswith(tuple(prefixes))] == []
    assert [path for path in readers if path.startswith(tuple(prefixes))] == []
    of_persons = [one for one in prefixes if one.startswith(("/id/", "/en/"))]
    assert [one for one in of_persons if not any(path.startswith(one) for path in private)] == []
