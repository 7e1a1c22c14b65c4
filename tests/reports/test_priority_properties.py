"""What holds of tier and score for all answers, and between the rules and the questions."""

from random import Random

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports import priority
from reports.deadlines import FIRST_REVIEW
from reports.priority import CALMS, POINTS, REASONS, RULES, tier
from reports.questions import IN_WORDS_MEANS, QUESTIONS, SAFETY
from reports.questions.category import DECLARED

from .questions.given import IN_WORDS, some_answers
from .questions.tier_table import TABLE

TOLD = {name for question in (SAFETY, *QUESTIONS.values()) for choice in question.choices for name in choice.means}
TOLD |= {name for means in IN_WORDS_MEANS.values() for name in means}


class Asked(priority.Facts):
    """Random signals that record which of them the rules read."""

    def __init__(self):
        self.names, self._coin = set(), Random(1)

    def weight(self, *names):
        self.names |= set(names)
        return self._coin.choice([0, 1])


def signals_read() -> set[str]:
    asked = Asked()
    for _turn in range(300):
        for rule in RULES:
            rule.applies(asked)
    return asked.names | {name for *_rest, names in POINTS.values() for name in names} | set(CALMS)


def test_every_signal_of_a_rule_can_be_reached_by_an_answer():
    assert signals_read() <= TOLD | {name for category in DECLARED.values() for name in category.means}


def test_every_signal_that_an_answer_raises_is_read():
    assert signals_read() >= TOLD


def test_every_rule_decides_some_report():
    decided = {name for _name, _number, answers in TABLE for name in priority.tier_rules(answers)}
    assert {rule.name for rule in RULES} == decided


RISKS = [
    (key, question.kind, choice.key)
    for key, question in ({"safety": SAFETY} | QUESTIONS).items()
    for choice in question.choices
    if choice.means and not set(choice.means) & {*CALMS, "only_a_post"}
]


def rank(answers) -> tuple[int, int]:
    return tier(answers), -priority.score(answers)


@given(some_answers(), st.sampled_from(RISKS))
def test_risk_answer_never_lowers_the_rank(answers, risk):
    key, kind, choice = risk
    before = {name: value for name, value in answers.items() if name != key}
    assert rank(before | {key: [choice] if kind == "many" else choice}) <= rank(before)


@pytest.mark.slow
@given(some_answers(), st.sampled_from(IN_WORDS))
def test_harm_said_in_words_never_lowers_the_rank(answers, kind):
    before = {name: value for name, value in answers.items() if name != "in_words"}
    assert rank(before | {"in_words": [kind]}) <= rank(before)
    assert priority.is_restricted(before | {"in_words": [kind]}) >= priority.is_restricted(before)


@pytest.mark.slow
@pytest.mark.safety("H28")
@given(some_answers(), st.sampled_from(IN_WORDS))
def test_under_13_with_harm_in_words_is_p0_and_restricted(answers, kind):
    child = answers | {"age": "under_13", "in_words": [kind]}
    assert (tier(child), priority.is_restricted(child)) == (0, True)


@pytest.mark.slow
@given(some_answers())
def test_priority_ignores_order_and_language_of_answers(answers):
    turned = dict(reversed(answers.items()))
    with translation.override("id"):
        indonesian = rank(turned), priority.reasons(turned)
    with translation.override("en"):
        assert (rank(answers), priority.reasons(answers)) == indonesian


@pytest.mark.slow
@given(some_answers())
def test_with_or_without_a_name_the_rank_is_the_same(answers):
    named = answers | {"contact": {"how": "email", "email": "a@example.org"}, "words": "Namaku Ayu."}
    nameless = {key: value for key, value in answers.items() if key not in {"contact", "words"}}
    assert rank(named) == rank(nameless)


@given(some_answers())
def test_every_report_has_a_tier_and_points_that_add_up(answers):
    assert tier(answers) in FIRST_REVIEW
    assert priority.score(answers) == sum(REASONS[key][0] for key in priority.reasons(answers))
    assert priority.tier_rules(answers)
