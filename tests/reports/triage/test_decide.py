"""The case page says what to expect, what is missing and what cannot be moved, before anything is opened."""

import pytest

from reports.triage.content_line import content_line
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db


def threatened(file, desk, time_and_place: str) -> str:
    """The page of a case about a threat that the person at the desk holds."""
    answers = {"category": "threats_stalking", "age": "adult", "threatened_with": ["other"]}
    case = file(**answers, time_and_place=time_and_place).case
    act(desk, case, "claim")
    return desk.get(page_of(case)).text


@pytest.mark.sampled(3)
@pytest.mark.safety("H24")
@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"category": "self_harm"}, ["menyinggung kematian", "kekerasan"]),
        ({"category": "grooming", "age": "13_15"}, ["seksual, menyangkut anak"]),
        ({"category": "threats_stalking", "threatened_with": ["violence"]}, ["kekerasan", "ancaman"]),
        ({"category": "scam", "age": "adult"}, []),
    ],
)
def test_content_line_names_what_the_answers_say(file, answers, line):
    case = file(**answers).case
    found = content_line(case, answers)
    assert [one for one in line if not any(one in words for words in found)] == []
    assert bool(found) == bool(line)


def test_missing_question_is_marked_once_it_is_asked(file, desk):
    case = file(age="adult").case
    act(desk, case, "claim")
    page = act(desk, case, "reply", ask="same_school", text="Halo.").text
    assert 'name="ask" value="same_school"' not in page
    assert "sudah di balasan" in page


def test_time_of_a_threat_stands_first(file, desk):
    assert 'class="fixed"' in threatened(file, desk, "yes")


@pytest.mark.slow
def test_time_that_was_not_set_is_not_shown(file, desk):
    assert 'class="fixed"' not in threatened(file, desk, "no")
