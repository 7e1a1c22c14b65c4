"""The recount finds what was counted wrongly, because it reads tier and promises from the events themselves."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports.cases.lifecycle import perform
from reports.models import Tally
from reports.statistics import counting, recorded, recount, upkeep
from reports.statistics.flows import M
from tests.cast import BULLIED

pytestmark = [pytest.mark.django_db]


def wrong_measures() -> set:
    return {key[0] for key in recount.differences()}


@pytest.fixture(autouse=True)
def counting_began_before(db, clock):
    upkeep.keep()
    clock(minutes=1)


@pytest.fixture
def looked_at_late(file, moderator, clock):
    """A function: a report is filed and looked at an hour after it was promised."""

    def do() -> None:
        case = file(base=BULLIED).case
        clock(seconds=(case.due_at + timedelta(hours=1) - timezone.now()).total_seconds())
        perform(case, "claim", by=moderator)

    return do


def test_recount_finds_a_late_look_counted_as_kept(looked_at_late, monkeypatch):
    promise_of = counting.promise_of

    def never_late(columns):
        return promise_of(columns | {"seen_at": columns["seen_at"] and columns["due_at"]})

    monkeypatch.setattr(counting, "promise_of", never_late)
    looked_at_late()
    assert wrong_measures() == {M.KEPT, M.LATE}


def test_recount_finds_an_arrival_counted_under_another_tier(file, monkeypatch):
    key = counting._key
    monkeypatch.setattr(counting, "_key", lambda columns, *flow, **day: key(columns | {"tier": 4}, *flow, **day))
    file(base=BULLIED)
    assert M.RECEIVED in wrong_measures()


def test_recount_says_which_events_are_too_old_for_tiers(looked_at_late, monkeypatch):
    monkeypatch.setattr(recorded, "facts", lambda *columns, **more: {})
    looked_at_late()
    found, without_place = recount.compare()
    assert (found, without_place > 0) == ({}, True)
    said = StringIO()
    call_command("recount", stdout=said)
    assert "do not say tier" in said.getvalue()
    Tally.objects.filter(measure=M.LATE).update(number=2)
    assert wrong_measures() == {M.LATE}


def test_promise_of_an_old_event_is_followed_by_new_ones(file, moderator, monkeypatch):
    with monkeypatch.context() as old:
        old.setattr(recorded, "facts", lambda *columns, **more: {})
        case = file(base=BULLIED).case
    case = perform(case, "claim", by=moderator)
    perform(case, "set_tier", by=moderator, tier=1, reason="Lebih mendesak.")
    assert recount.differences() == {}
