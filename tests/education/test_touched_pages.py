"""The guard of page versions: a page changes only if the publication that changes it touches it (safety rule K2).

Half of all guides, news, quizzes and lessons get another text in everything that counts as narrow, then the other half.
"""

from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import Client

from education import page_groups, public_pages
from education.models import Guide, Lesson, News, Quiz, State
from education.models.bilingual import columns
from education.publishing import workflow
from safetycenter.page_cache import cache_version
from safetycenter.page_cache.middleware import GROUPS_KEY
from tests.education import factory


@pytest.mark.slow
@pytest.mark.safety("K2")
def test_page_changes_only_if_its_publication_touches_it(starter, publish):
    for model in CHANGES:
        model.objects.update(changed_on="2026-01-05")  # else the new day of the last change would be the old one
    before = every_page()
    for half in (0, 1):
        draft = factory.news(state=State.DRAFT)
        versions = cache_version.versions()
        for model, change in CHANGES.items():
            for item in list(model.objects.published().order_by("pk"))[half::2]:
                publish(item, **change(workflow.pending_or_live(item)))
        publish(draft)
        before = compared(before, versions)


def compared(before: dict, versions: cache_version.Versions) -> dict:
    """Return the pages as they are now. Each that changed since ``before`` must have a later version than then."""
    after, now = every_page(), cache_version.versions()
    changed = {path for path, (text, _groups) in before.items() if text != after[path][0]}
    touched = {path for path, (_text, groups) in before.items() if now.of(groups) > versions.number}
    assert now.everything <= versions.number, "the publications must stay narrow, else nothing is tested"
    assert changed - touched == set()
    assert len(before) > 300 > len(changed) > 100
    return after


def every_page() -> dict[str, tuple[bytes, Collection[str] | None]]:
    """Every page of the site with its groups, by its address: what is a file, filters, feeds and the site map."""
    paths = [*public_pages.paths(), "/sitemap.xml", "/id/bantuan/?need=t1", "/id/bantuan/?province=32"]
    answers = {path: Client().get(path) for path in paths}
    return {path: (one.content, one.wsgi_request.META.get(GROUPS_KEY)) for path, one in answers.items()}


def more(data: dict, *fields: str) -> dict[str, Any]:
    """Another sentence at the end of each of these texts, with a word of the glossary and a number."""
    sentences = {"ind": "Sekstorsi itu pemerasan: telepon 110.", "en": "Sextortion is blackmail: call 110."}
    ends = {name: sentences[name.rpartition("_")[2]] for field in fields for name in columns(field)}
    return {name: f"{data[name]}<p>{text}</p>" for name, text in ends.items() if data[name]}


def _guide(data: dict) -> dict:
    steps = {name: f"{data[name].strip()} Sekarang." for name in columns("checklist") if data[name]}
    return more(data, "body", "easy") | steps | {"sources": [*data["sources"][1:], data["sources"][0]]}


def _quiz(data: dict) -> dict:
    first, *others = data["scenarios"]
    return {"scenarios": [first | {name: f"{first[name]} Lagi." for name in columns("situation")}, *others]}


CHANGES: dict[Any, Callable[[dict], dict]] = {
    Guide: _guide,
    News: lambda data: more(data, "body") | {"title_ind": f"{data['title_ind']} lagi"},
    Quiz: _quiz,
    Lesson: lambda data: more(data, "body", "handout") | {"warning_ind": f"{data['warning_ind']} Lagi."},
}


def test_every_narrow_kind_is_among_the_compared_changes():
    assert set(CHANGES) == set(page_groups._OWN_TEXTS)
