"""The list of keys on the case page names the keys of this page, no more and no fewer."""

import re

import pytest

from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db


def keys(page: str) -> tuple[set, set]:
    """The single keys that the list names, and those that a control of the page has."""
    listed = set(re.findall(r"<kbd>(.)</kbd>", page))
    return listed, set(re.findall(r'data-key="(.)"', page))


def test_listed_keys_are_those_of_the_page(filed, desk, moderator, person):
    waiting = desk.get(page_of(filed.case)).text
    act(desk, filed.case, "claim")
    held = desk.get(page_of(filed.case)).text
    act(desk, filed.case, "reply", text="Ini hasilnya.", resolve="1")
    desk.force_login(person("supervisor"))
    resolved = desk.get(page_of(filed.case)).text
    for page in (waiting, held, resolved):
        listed, there = keys(page)
        assert listed == there
    assert "s" in keys(held)[0]
    assert "s" not in keys(waiting)[0]
