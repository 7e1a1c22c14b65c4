"""The guard of page versions: a page changes only if the publication that changes it touches it (safety rule K2).

Some items get another value in everything that counts as narrow: half of all in what their own pages show, then the
other half, then a few in what is shown beside links to them, and a few words of the glossary another meaning. Few, so
that no page is touched for two reasons, of which one hides that the other is missing.
"""

from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from education import page_groups, public_pages
from education.models import (
    Audience,
    Guide,
    Helpline,
    Lesson,
    News,
    Organisation,
    Page,
    Platform,
    Quiz,
    State,
    Term,
    Topic,
)
from education.models.bilingual import columns
from education.publishing import workflow
from education.rendering.rich_text import RichTextField
from safetycenter.page_cache import cache_version
from safetycenter.page_cache.middleware import GROUPS_KEY
from tests.education import factory, library

OWN = (Guide, News, Page, Quiz, Lesson, Platform, Topic, Audience, Organisation)
# Rounds: the language whose pages are compared, the kinds, what is changed of them, which of them in their order.
ROUNDS = {
    "own texts, one half": ("id", OWN, "own", slice(0, None, 2)),
    "own texts, the other half": ("id", OWN, "own", slice(1, None, 2)),
    "titles, short answers and covers": ("en", (Guide, Quiz, Lesson), "beside", slice(0, None, 9)),
    "meanings of words": ("en", (Term,), "own", slice(0, None, 4)),
    "checks of helplines": ("en", (Helpline,), "beside", slice(5, None, 9)),
}
FILTERED = {"id": ("bantuan/?need=t1", "bantuan/?province=32"), "en": ("help/?need=t1", "help/?province=32")}
NOT_CHANGED = {*columns("slug"), "key"}  # a new address of a news item: its page is another one


@pytest.mark.slow
@pytest.mark.safety("K2")
def test_page_changes_only_if_its_publication_touches_it(starter, publish):
    for model in page_groups.SHOWN:
        model.objects.update(changed_on="2026-01-05")  # else the new day of the last change would be the old one
    Helpline.objects.update(verified_on=timezone.localdate(), verified_by_ind="Petugas", verified_by_en="Staff")
    cache_version.bump()
    picture, pages, tried = library.picture(), {}, set()
    for language, kinds, where, some in ROUNDS.values():
        before = pages.get(language) or every_page(language)
        draft = factory.news(state=State.DRAFT)
        versions = cache_version.versions()
        publish(draft)
        for model in kinds:
            names = getattr(page_groups.SHOWN[model], where)
            for item in list(model.objects.published().order_by("pk"))[some]:
                old = workflow.pending_or_live(item)
                new = {name: another(item, name, old[name], picture) for name in names - NOT_CHANGED}
                tried |= {(model, name) for name, value in new.items() if value != old[name]}
                publish(item, **new)
        pages = {language: compared(before, every_page(language), versions)}
    named = {(model, one) for model, shown in page_groups.SHOWN.items() for one in shown.own | shown.beside}
    assert {one for one in named - tried if one[1] not in NOT_CHANGED} == set()


def compared(before: dict, after: dict, versions: cache_version.Versions) -> dict:
    """Return ``after``. Each page that differs from ``before`` must have a later version than ``versions``."""
    now = cache_version.versions()
    changed = {path for path, (text, _groups) in before.items() if text != after[path][0]}
    touched = {path for path, (_text, groups) in before.items() if now.of(groups) > versions.number}
    assert now.everything <= versions.number, "the publications must stay narrow, else nothing is tested"
    assert changed - touched == set()
    assert len(before) > 150
    assert 10 < len(changed) < len(before) - 30
    return after


def every_page(language: str) -> dict[str, tuple[bytes, Collection[str] | None]]:
    """Every page in ``language`` with its groups, by its address, with filters, the feed and the site map."""
    paths = [path for path in public_pages.paths() if path.startswith(f"/{language}/")]
    found = [*paths, "/sitemap.xml", f"/feed/{language}/", *(f"/{language}/{page}" for page in FILTERED[language])]
    answers = {path: Client().get(path) for path in found}
    return {path: (one.content, one.wsgi_request.META.get(GROUPS_KEY)) for path, one in answers.items()}


def another(item: Any, name: str, old: Any, picture: Any) -> Any:
    """Another value of the column or the rows ``name`` of ``item``, with a word of the glossary in rich text."""
    if isinstance(old, list):
        return OTHER_ROWS.get(name, lambda rows: [*rows[1:], *rows[:1]])(old)
    if name in OTHER_VALUES:
        return OTHER_VALUES[name]
    field = item._meta.get_field(name)
    if isinstance(field, models.ForeignKey):  # a sensitive guide has no cover
        return old if item.sensitive or item.topic.sensitive else picture.pk
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + 5
    return _another_text(field, name, old)


def _another_text(field: Any, name: str, old: Any) -> Any:
    if isinstance(field, models.DateField):
        return "2026-01-07" if old != "2026-01-07" else "2026-01-08"
    if field.choices:
        return next(key for key, _label in field.choices if key != old)
    if isinstance(field, RichTextField):
        ends = {"ind": "Sekstorsi itu pemerasan: telepon 110.", "en": "Sextortion is blackmail: call 110."}
        return f"{old}<p>{ends[name.rpartition('_')[2]]}</p>" if old else old
    return f"{old.strip()} Lagi." if old else old


def _other_situations(rows: list[dict]) -> list[dict]:
    first, *others = rows
    return [first | {name: f"{first[name]} Lagi." for name in columns("situation")}, *others]


def _turned(rows: list[dict]) -> list[dict]:
    """The same helplines in the other order."""
    return [one | {"helpline": other["helpline"]} for one, other in zip(rows, reversed(rows), strict=True)]


OTHER_ROWS: dict[str, Callable[[list], list]] = {
    "scenarios": _other_situations,
    "guidehelpline_set": _turned,
    "guides": lambda keys: keys[1:],
    "quizzes": lambda keys: keys[1:],
    "helplines": lambda keys: keys[1:],
}
OTHER_VALUES = {
    "age_rule": "unlisted",
    "also_for_others": "6,16,18",
    "app": "Telegram",
    "cover_alt_en": "A yellow key",
    "cover_alt_ind": "Kunci kuning",
    "review_due": "2027-03-04",
    "reviewed_by_en": "psychologist",
    "reviewed_by_ind": "psikolog",
}
