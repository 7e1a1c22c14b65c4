"""Which changes of an item touch only its pages and lists, and the name of the group of these pages.

What is not named here touches every page: a wrong "not touched" would leave a guide that was taken down, or a helpline
that no longer answers, in front of readers (safety rule K2). Lists of guides, news, quizzes and lessons belong to no
group, so every publication touches them. ``tests/education/test_touched_pages.py`` publishes each of these changes and
compares all pages.
"""

from typing import Any

from education.models import Guide, GuideHelpline, GuideSource, Lesson, News, NewsSource, Quiz, Scenario
from education.models.bilingual import columns

# The rows that belong to one item of these kinds, by the name of their foreign key, which is that of the kind.
_OWNER: dict[type[Any], str] = {GuideHelpline: "guide", GuideSource: "guide", NewsSource: "news", Scenario: "quiz"}
# What readers see on the pages of the item and nowhere else: translated fields, and names of related rows.
_OWN_TEXTS: dict[type[Any], tuple[tuple[str, ...], tuple[str, ...]]] = {
    Guide: (("body", "checklist", "easy"), ("sources",)),
    News: (("title", "slug", "summary", "body"), ("key", "date", "archive", "sources")),
    Quiz: ((), ("scenarios",)),
    Lesson: (("goals", "materials", "warning", "opt_out", "body", "disclosure", "handout"), ()),
}


def group_of(instance: Any) -> str:
    """Return the group of the pages of ``instance``, or of the item that the row belongs to; empty if there is none."""
    if type(instance) in _OWN_TEXTS:
        return f"{instance._meta.model_name}:{instance.pk}"
    owner = _OWNER.get(type(instance))
    return f"{owner}:{getattr(instance, f'{owner}_id')}" if owner else ""


def is_own_text(item: Any, before: dict, after: dict) -> bool:
    """Return whether readers see what differs between ``before`` and ``after`` on the pages of ``item`` and lists only.

    Both are what ``serialization.snapshot`` returns.
    """
    if type(item) not in _OWN_TEXTS:
        return False
    translated, others = _OWN_TEXTS[type(item)]
    own = {column for name in translated for column in columns(name)} | set(others)
    return all(name in own for name in before.keys() | after.keys() if before.get(name) != after.get(name))
