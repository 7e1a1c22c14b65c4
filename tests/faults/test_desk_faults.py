"""A desk whose server dies while somebody sends, resolves or undoes: all of it happened, or nothing.

As ``test_faults``: a real server in separate processes, on both databases, which dies at each SQL statement and commit.
"""

import pytest
from django.db import connection

from tests.faults.colleague import Colleague
from tests.faults.conftest import Site
from tests.faults.visitor import Visitor
from tools.bench import load

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="they start both databases themselves"),
]
POINTS = range(1, 200)  # of a request: more than any has
LEAST_POINTS = 20
STORED = """
SELECT state, (SELECT COUNT(*) FROM reports_message WHERE case_id = c.id),
  (SELECT COUNT(*) FROM reports_undo WHERE case_id = c.id),
  (SELECT COUNT(*) FROM reports_datakey WHERE case_id = c.id AND name LIKE 'message:%'),
  (SELECT COUNT(*) FROM reports_event WHERE case_id = c.id AND action = 'reply'),
  (SELECT COUNT(*) FROM reports_event WHERE case_id = c.id AND action = 'resolve'),
  (SELECT COUNT(*) FROM reports_event WHERE case_id = c.id AND action = 'undo')
FROM reports_case c WHERE reference = '{}'
"""
ANSWER = "Ini jawaban kami nomor {}, sampai di sini."


@pytest.fixture(scope="module")
def cookies(faulty) -> dict[str, str]:
    """The session of a moderator."""
    return load.inside(faulty.environment, "tests.faults.colleague")


@pytest.fixture
def colleague(faulty, cookies) -> Colleague:
    """A moderator at the desk."""
    return Colleague(faulty.port, cookies)


def taken(site: Site, colleague: Colleague) -> tuple[str, str]:
    """The code of a report, and the page of its case, which the colleague has taken."""
    visitor = Visitor(site.port)
    visitor.send(visitor.fill_in("ending"))
    return visitor.code(), colleague.take()


def stored(site: Site, case: str) -> tuple:
    """The state of a case; the number of its messages, undos, keys of messages; of replies, resolves, undone ones."""
    return site.ask(STORED.format(case.rstrip("/").rpartition("/")[2]))[0]


def test_reply_and_resolve_survive_a_kill_at_every_point(faulty, colleague):
    """Message, event, undo and resolve are stored together or not at all, and the reporter reads what was stored."""
    code, case = taken(faulty, colleague)
    answers, status = {code: ""}, 0
    for point in POINTS:
        status = colleague.reply(case, ANSWER.format(point), resolve=True, die_at=point)
        found = stored(faulty, case)
        assert found in (("in_progress", 0, 0, 0, 0, 0, 0), ("resolved", 1, 1, 1, 1, 1, 0)), f"killed at {point}"
        assert not status or found[0] == "resolved", "acknowledged and not stored"
        if found[0] == "resolved":
            answers[code] = ANSWER.format(point)
            code, case = taken(faulty, colleague)
            answers[code] = ""
        if status:
            break
    assert (status, point > LEAST_POINTS, len(answers) > 2) == (302, True, True)
    assert read_later(faulty, answers) == answers


def test_reply_survives_a_kill_at_every_point(faulty, colleague):
    code, case = taken(faulty, colleague)
    sent, status = [], 0
    for point in POINTS:
        status = colleague.reply(case, ANSWER.format(point), die_at=point)
        state, messages, _undo, keys, replies, *rest = stored(faulty, case)
        assert messages == keys == replies in (len(sent), len(sent) + 1), f"killed at {point}"
        assert (state, rest) == ("in_progress", [0, 0])
        sent += [ANSWER.format(point)] * (messages - len(sent))
        if status:
            break
    assert (status, point > LEAST_POINTS) == (302, True)
    page = page_later(faulty, code)  # which shows the newest ones
    assert sent[-1] in page
    assert page.count("Ini jawaban kami") == page.count("sampai di sini.") > 0


def test_undo_survives_a_kill_at_every_point(faulty, colleague):
    """Either the key of the message is gone and the case as before, or the message is whole and can be taken back."""
    code, case = taken(faulty, colleague)
    undone, status = 0, 0
    assert colleague.reply(case, ANSWER.format(0)) == 302
    for point in POINTS:
        status = colleague.undo(case, die_at=point)
        found = stored(faulty, case)
        assert found[:4] in (("in_progress", 0, 0, 0), ("in_progress", 1, 1, 1)), f"killed at {point}"
        undone += not found[1]
        assert found[-1] == undone
        assert not status or not found[1], "acknowledged and not undone"
        if status:
            break
        if not found[1]:
            assert colleague.reply(case, ANSWER.format(point)) == 302
    assert (status, point > LEAST_POINTS, undone > 1) == (200, True, True)  # the page with the words in their box
    assert "Ini jawaban kami" not in page_later(faulty, code)


def page_later(site: Site, code: str) -> str:
    """What the reporter reads who comes back with the code when nothing can be taken back any more."""
    visitor = Visitor(site.port)
    with site.clock(0.5):
        assert visitor.open(code)
        return visitor.read()


def read_later(site: Site, codes: dict) -> dict[str, str]:
    """The whole answer that each reporter reads later; empty where there is none."""
    found = {}
    for code, answer in codes.items():
        page = page_later(site, code)
        found[code] = answer if answer and answer in page else "a piece" if "jawaban kami" in page else ""
    return found
