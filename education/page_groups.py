"""Which pages a change of an item touches: the groups of its pages, and of the pages that show it beside others.

What is not named here touches every page: a wrong "not touched" would leave a guide that was taken down, or a helpline
that no longer answers, in front of readers (safety rule K2). The front page and the lists of guides, news, quizzes and
lessons belong to no group, so every publication touches them. ``tests/education/test_touched_pages.py`` publishes each
of these changes and compares all pages.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from education.models import (
    Audience,
    Channel,
    Guide,
    GuideHelpline,
    GuideSource,
    Helpline,
    Lesson,
    News,
    NewsSource,
    Organisation,
    Page,
    PageSource,
    Platform,
    PlatformSource,
    Quiz,
    Scenario,
    Term,
    Topic,
)
from education.models.bilingual import columns
from education.models.platform import ABILITIES, SECTIONS

# Pages that show every item of a kind.
GLOSSARY, ORGANISATIONS, PLATFORMS = "glossary", "organisations", "platforms"


def _columns(*translated: str) -> frozenset[str]:
    return frozenset(column for name in translated for column in columns(name))


class _Shown(NamedTuple):
    """Columns and related rows of a kind, by where readers see them.

    ``own``: on the pages of the item and those of ``always``. ``beside``: also where something links to it, as in a
    card. ``is_alone``: no other page but lists without a group shows that such an item exists. ``kept``: touches every
    page when it is filled in or emptied.
    """

    own: frozenset[str]
    beside: frozenset[str] = frozenset()
    always: tuple[str, ...] = ()
    is_alone: bool = False
    kept: frozenset[str] = frozenset()


# The rows that belong to one item of these kinds, by the name of their foreign key, which is that of the kind.
_OWNER: dict[type[Any], str] = {
    Channel: "helpline",
    GuideHelpline: "guide",
    GuideSource: "guide",
    NewsSource: "news",
    PageSource: "page",
    PlatformSource: "platform",
    Scenario: "quiz",
}
SHOWN: dict[type[Any], _Shown] = {
    Guide: _Shown(
        own=_columns("body", "checklist", "easy", "reviewed_by")
        | {"sources", "guidehelpline_set", "reviewed_on", "review_due", "app", "app_tried_on"}
        | {"also_for_others", "often_needed"},
        beside=_columns("title", "short_answer", "cover_alt") | {"cover"},
    ),
    News: _Shown(
        own=_columns("title", "slug", "summary", "body") | {"key", "date", "archive", "sources"}, is_alone=True
    ),
    Page: _Shown(own=_columns("title", "short_answer", "body") | {"sources"}, is_alone=True),
    Quiz: _Shown(own=frozenset({"scenarios"}), beside=_columns("title", "summary")),
    Lesson: _Shown(
        own=_columns("goals", "materials", "warning", "opt_out", "body", "disclosure", "handout")
        | _columns("short_answer", "grades")
        | {"minutes", "guides", "quizzes", "helplines"},
        beside=_columns("title"),
    ),
    Platform: _Shown(
        own=_columns("short_answer", *SECTIONS) | {"sources", "age_rule", "tried_on", "review_due", *ABILITIES},
        always=(PLATFORMS,),
    ),
    # The pages of a word are those that explain it. Its spelling decides which these are, and touches every page.
    Term: _Shown(own=_columns("definition"), always=(GLOSSARY,)),
    Topic: _Shown(own=_columns("summary")),
    Audience: _Shown(own=_columns("summary")),
    # Only the day of a check, and whose it was: everything else decides where its card is, or is beside the card.
    # Whether somebody has ever checked it decides on the emergency numbers whether the form is open (K3).
    Helpline: _Shown(
        own=frozenset(), beside=_columns("verified_by") | {"verified_on"}, kept=frozenset({"verified_on"})
    ),
    Organisation: _Shown(
        own=_columns("name", "role") | {"url", "source_url", "order"}, always=(ORGANISATIONS,), is_alone=True
    ),
}


def group_of(instance: Any) -> str:
    """Return the group of the pages of ``instance``, or of the item that the row belongs to; empty if there is none."""
    if type(instance) in SHOWN:
        return f"{instance._meta.model_name}:{instance.pk}"
    owner = _OWNER.get(type(instance))
    return f"{owner}:{getattr(instance, f'{owner}_id')}" if owner else ""


def beside(item: Any) -> tuple[str, ...]:
    """Return the group of the pages that link to ``item`` with its title; nothing if no such change is narrow."""
    shown = SHOWN.get(type(item))
    return (f"beside {group_of(item)}",) if shown and shown.beside else ()


def explaining(terms: Iterable[int]) -> tuple[str, ...]:
    """Return the groups of a page that explains the words with these primary keys."""
    return tuple(f"{Term._meta.model_name}:{key}" for key in terms)


def of_alone(item: Any) -> tuple[str, ...]:
    """Return the groups of all pages that show that ``item`` exists, but lists without a group; empty if unknown."""
    shown = SHOWN.get(type(item))
    return (group_of(item), *shown.always) if shown and shown.is_alone else ()


def touched(item: Any, before: dict, after: dict) -> tuple[str, ...]:
    """Return the groups of the pages that a change of ``item`` touches; empty if it touches every page.

    ``before`` and ``after`` are what ``serialization.snapshot`` returns.
    """
    shown = SHOWN.get(type(item))
    if shown is None:
        return ()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    written = frozenset() if shown.is_alone else _columns(*item.required_fields)  # links and lists depend on languages
    has_same = all(bool(before.get(name)) == bool(after.get(name)) for name in shown.kept | written)
    if changed - shown.own - shown.beside or not has_same:
        return ()
    return (group_of(item), *shown.always, *(beside(item) if changed & shown.beside else ()))
